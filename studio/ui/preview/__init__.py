"""How a post will look: the one painter of preview cards, on screen and off."""
