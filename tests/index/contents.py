"""What an index holds, to be compared with another one."""

from sqlalchemy import select

from docparse.index import schema
from docparse.indexing.collection import Index


def content(index: Index) -> dict[str, list[tuple[object, ...]]]:
    """What the tables say, without the numbers that rows got by chance and without times."""
    files, reports, texts = schema.files, schema.reports, schema.texts
    documents, mentions, figures = schema.documents, schema.mentions, schema.figures
    asked = {
        "files": select(files.c.path, files.c.state, files.c.sha256, files.c.strikes),
        "texts": select(reports.c.sha256, texts.c.body, texts.c.passages).join(texts),
        "mentions": select(reports.c.sha256, mentions.c.place, documents.c.key, mentions.c.start)
        .join(mentions, mentions.c.report_id == reports.c.id)
        .join(documents, documents.c.id == mentions.c.document_id, isouter=True),
        "figures": select(reports.c.sha256, figures.c.place, figures.c.value).join(figures),
        "documents": select(documents.c.key),
        "words": select(schema.words.c.word),
    }
    with index.store.reading() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(one)), key=repr)
            for name, one in asked.items()
        }
