"""Help with cutting: what was found is shown to be accepted; a voice is recorded; a text is edited to cut the film."""
