"""`python -m curriculum`: the command line where no `curriculum` script is installed."""

from curriculum.cli import main

if __name__ == "__main__":
    main()
