"""The Draft pane: the list of posts, the editor with its margin notes, and the way out."""
