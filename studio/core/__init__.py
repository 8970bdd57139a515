"""What people make: frozen documents and pure functions. Standard library only."""
