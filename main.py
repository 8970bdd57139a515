"""Opens the studio without arguments, runs a headless command with them."""

from studio.app import main

if __name__ == "__main__":
    raise SystemExit(main())
