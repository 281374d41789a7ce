"""What ``fuzz_readers.py`` needs: files to start from, and ways to damage them from inside.

starts       small good and bad files of each format
mutations    changes that keep the shape of a format, so that the damage comes through to the reader
"""
