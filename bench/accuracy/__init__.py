"""Accuracy on public data, beside the figures that others have published: `make bench-accuracy DATA=FOLDER`."""
