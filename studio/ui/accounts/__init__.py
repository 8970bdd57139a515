"""The Accounts pane: where posts go, whether each account is well, signing in."""
