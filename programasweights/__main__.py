"""`python -m programasweights` is `paw`."""

from programasweights.cli import main

if __name__ == "__main__":
    main()
