"""The pipeline and the index brought together: reports go in, questions are answered.

settings   how files are read          parsing   what is done inside the cage
adding     files into the index        collection   the index as Python sees it
shelf      its reports one by one
"""
