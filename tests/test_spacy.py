import pickle
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import docparse.spacy  # so that the tests also run where docparse is not installed

TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "docparse.vi_tokenizer.v1"}}}
CITED = "Kế hoạch số 899/KH-SCT ngày 25/02/2021"
TEXT = f"Thực hiện {CITED} và Quyết định số 22/QĐ-\n\nSCT ngày 24/02/2020.\n"
KEYS = ["state:899/KH-SCT@2021", "state:22/QĐ-SCT@2020"]

try:
    version("docparse")
    INSTALLED = True
except PackageNotFoundError:
    INSTALLED = False


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("vi", config=TOKENIZER)
    pipeline.add_pipe("docparse_citations")
    return pipeline


def _keys(doc: Doc) -> list[str]:
    return [span.kb_id_ for span in doc.spans["citations"]]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("15.303 15.137", ["15.303", "15.137"]),
        ("đạt 98,94%, 12/40", ["đạt", "98,94", "%", ",", "12", "/", "40"]),
        ("số 899/KH-SCT", ["số", "899", "/", "KH", "-", "SCT"]),
        ("Nghi ̣điṇh", ["Nghi", "\u0323điṇh"]),
        ("ho\u0302\u0300 sơ", ["ho\u0302\u0300", "sơ"]),
        ("a  b\n\n c", ["a", " ", "b", "\n\n ", "c"]),
        (" a", [" ", "a"]),
        ("a_b 😀.", ["a", "_", "b", "😀", "."]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in docparse.spacy.VietnameseTokenizer(Vocab())(text)] == tokens


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_text_comes_back_whole(text: str) -> None:
    assert docparse.spacy.VietnameseTokenizer(Vocab())(text).text == text


def test_citations_are_spans_with_their_records(nlp: Language) -> None:
    doc = nlp(TEXT)
    first, second = doc.spans["citations"]
    assert (first.text, first.label_, first.kb_id_) == (CITED, "CITATION", KEYS[0])
    assert first._.docparse["date"] == "2021-02-25"
    assert second.text == "Quyết định số 22/QĐ-\n\nSCT ngày 24/02/2020"
    assert second._.docparse["number"] == "22/QĐ-SCT"


@pytest.mark.parametrize("language", ["en", "xx"])
def test_any_tokenizer_will_do(language: str) -> None:
    pipeline = spacy.blank(language)
    pipeline.add_pipe("docparse_citations", config={"spans_key": "cited"})
    doc = pipeline(TEXT)
    assert [span.kb_id_ for span in doc.spans["cited"]] == KEYS


def test_a_span_takes_whole_tokens() -> None:
    doc = Doc(Vocab(), words=["theo", "(Nghị", "định", "30/2020/NĐ-CP)."])
    component = docparse.spacy.make_citations(spacy.blank("xx"), "", "citations", None)
    assert [span.text for span in component(doc).spans["citations"]] == [
        "(Nghị định 30/2020/NĐ-CP)."
    ]


@pytest.mark.parametrize("text", ["", " \n", "<html>😀", "%PDF-1.4"])
def test_texts_without_citations(nlp: Language, text: str) -> None:
    assert len(nlp(text).spans["citations"]) == 0


def test_offsets_behind_characters_outside_the_basic_plane(nlp: Language) -> None:
    doc = nlp(f"😀𝒳 {CITED}")
    assert [span.text for span in doc.spans["citations"]] == [CITED]


def test_notices_come_with_the_doc(nlp: Language) -> None:
    codes = {notice["code"] for notice in nlp("Nghiẹ̣̣̣ệm")._.docparse_notices}
    assert "unrepaired-syllable" in codes


def test_figures_have_spans_of_their_own(nlp: Language) -> None:
    nlp.add_pipe("docparse_figures")
    doc = nlp(f"{TEXT}Sở đã giải quyết đúng hạn 98,94% hồ sơ.")
    (figure,) = doc.spans["figures"]
    assert (figure.text, figure.label_, figure.kb_id_) == ("98,94%", "FIGURE", "")
    assert (figure._.docparse["value"], figure._.docparse["unit"]) == ("98.94", "%")
    assert _keys(doc) == KEYS


def test_a_pipeline_on_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    doc = loaded(TEXT)
    assert (_keys(doc), doc.text) == (KEYS, TEXT)
    assert type(loaded.tokenizer) is docparse.spacy.VietnameseTokenizer


def test_a_pipeline_as_bytes(nlp: Language) -> None:
    loaded = spacy.blank("vi", config=TOKENIZER)
    loaded.add_pipe("docparse_citations")
    assert _keys(loaded.from_bytes(nlp.to_bytes())(TEXT)) == KEYS
    assert _keys(pickle.loads(pickle.dumps(nlp))(TEXT)) == KEYS


def test_patterns_of_ones_own_travel_with_the_pipeline(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    row = (
        '[[type]]\nid = "phieu-la"\nname = "Phiếu lạ"\nfamily = "state"\nexamples = ["Phiếu lạ"]\n'
    )
    (own / "types.toml").write_text(row, encoding="utf-8")
    pipeline = spacy.blank("vi", config=TOKENIZER)
    pipeline.add_pipe("docparse_citations", config={"patterns": str(own)})
    pipeline.to_disk(tmp_path / "saved")
    (own / "types.toml").unlink()
    own.rmdir()
    doc = spacy.load(tmp_path / "saved")("theo Phiếu lạ số 7/PLA-SCT")
    (span,) = doc.spans["citations"]
    assert span._.docparse["type"] == "Phiếu lạ"


def test_a_doc_as_bytes(nlp: Language) -> None:
    doc = Doc(Vocab()).from_bytes(nlp(TEXT).to_bytes())
    assert _keys(doc) == KEYS
    first = next(iter(doc.spans["citations"]))
    assert (first.label_, first._.docparse["number"]) == ("CITATION", "899/KH-SCT")


def test_many_docs_in_a_bin(nlp: Language) -> None:
    packed = DocBin(store_user_data=True, docs=[nlp(TEXT), nlp("không")]).to_bytes()
    first, second = DocBin().from_bytes(packed).get_docs(Vocab())
    assert (_keys(first), _keys(second)) == (KEYS, [])
    assert next(iter(first.spans["citations"]))._.docparse["key"] == KEYS[0]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # from Python 3.12 on, in spaCy
def test_several_processes(nlp: Language) -> None:
    texts = [TEXT, "không", f"Căn cứ {CITED}."] * 4
    docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
    assert [_keys(doc) for doc in docs] == [_keys(nlp(text)) for text in texts]
    assert next(iter(docs[0].spans["citations"]))._.docparse["date"] == "2021-02-25"


@pytest.mark.skipif(not INSTALLED, reason="entry points belong to an installed docparse")
def test_the_parts_are_found_without_an_import() -> None:
    names = {
        "spacy_tokenizers": {"docparse.vi_tokenizer.v1"},
        "spacy_factories": {"docparse_citations", "docparse_figures"},
    }
    for group, expected in names.items():
        assert expected <= {point.name for point in entry_points(group=group)}
    program = (
        f"import spacy; nlp = spacy.blank('vi', config={TOKENIZER!r});"
        "nlp.add_pipe('docparse_citations');"
        f"print(len(nlp({TEXT!r}).spans['citations']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "2", done.stderr


@given(st.lists(st.sampled_from([*"aĐ1 .,/\n\t-", "thủ", "tục", "hành", "chính", "12", "ế"])))
def test_words_keep_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert docparse.spacy.WordTokenizer(Vocab())(text).text == text


def test_words_are_joined_and_numbers_are_not() -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "docparse.vi_words.v1"}}}
    doc = spacy.blank("vi", config=config)("đã giải quyết 15.303 15.137 thủ tục hành chính")
    words = [token.text for token in doc]
    assert words == ["đã", "giải quyết", "15.303", "15.137", "thủ tục hành chính"]


def test_logging_stays_as_it_was() -> None:
    code = (
        "import logging; from spacy.vocab import Vocab; from docparse.spacy import WordTokenizer;"
        "WordTokenizer(Vocab())('giải quyết hồ sơ'); print(logging.getLogger().handlers)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
