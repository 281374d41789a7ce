"""The index: what the pipeline found in many reports, kept in a database and asked again.

SQLite in one file, or PostgreSQL by URL; both hold the same tables and answer the same
questions. The parts, in the order in which a report passes through them:

    fold        words as they are compared          rows       what is kept of one report
    sketches    likeness of whole reports           schema     the tables
    store       opening, transactions               steps      from an older version to this one
    fulltext    where words stand                   writing    one report in one transaction
    spelling    words that were misspelt            numbers    loosely typed document numbers
    asking      which document a question means     bodies     issuers by name, merged ones too
    unifying    keys that say less, with evidence   guessing   what was meant by a slip
    answers     what the questions return           …          one module a question

Nothing here reads files or parses: :mod:`docparse.indexing` brings the pipeline and this stage
together.
"""
