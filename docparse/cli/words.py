"""What the command line says of itself, in Vietnamese and English.

The words stand in Python and not in ``patterns/`` because reading a TOML file would
double the time that ``docparse --help`` takes.

>>> words("version", "en")
'show the version and stop'
"""

import re

_TEXTS = {
    "about": (
        "Đọc báo cáo hành chính thành bản ghi: phần đầu, mục, văn bản viện dẫn, số liệu, bảng.",
        "Turns Vietnamese administrative reports into records: header, sections, citations,"
        " figures, tables.",
    ),
    "exit-codes": (
        "Mã kết thúc: 0 mọi việc xong; 1 chạy xong nhưng có điều phải xem lại (có phát hiện, mẫu"
        " sai, điểm dưới sàn); 2 có tệp không đọc được hoặc lệnh viết sai. Tệp không đọc được liệt"
        " kê ở cuối, các tệp khác vẫn được xử lý.",
        "Exit codes: 0 all done; 1 done, with something to look at (findings, a faulty"
        " pattern, a score below its floor); 2 a file could not be read, or the command is wrong."
        " What could not be read is listed at the end; the other files are processed all the same.",
    ),
    "page-title": ("dòng lệnh", "the command line"),
    "page-about": (
        "Trang này do chương trình tự viết ra từ chính các lệnh của nó. Hai tùy chọn đầu dùng được"
        " ở mọi lệnh; [OPTIONS] là các tùy chọn kê trong bảng của lệnh.",
        "This page is written by the program from its own commands. The first two options go with"
        " every command; [OPTIONS] are those in the table of a command.",
    ),
    "meaning": ("nghĩa", "meaning"),
    "usage": ("cách dùng: ", "usage: "),
    "commands": ("các lệnh", "commands"),
    "arguments": ("tham số", "arguments"),
    "options": ("tùy chọn", "options"),
    "meant": (". Có phải ý bạn là “{}”?", ". Did you mean “{}”?"),
    "error": ("lỗi", "error"),
    "help": ("hiện trợ giúp này", "show this help"),
    "version": ("hiện phiên bản rồi dừng", "show the version and stop"),
    "lang": (
        "ngôn ngữ của lời nhắn: vi hoặc en (mặc định theo hệ thống; không rõ thì tiếng Việt)",
        "language of the messages: vi or en (by the locale; Vietnamese where that is unclear)",
    ),
    "encoding": (
        "bảng mã của tệp, khi máy đoán sai (utf-8, tcvn3, vni, viscii, windows-1258 …)",
        "encoding of the files, where the guess is wrong (utf-8, tcvn3, vni, viscii,"
        " windows-1258 …)",
    ),
    "password": (
        "mật khẩu mở tệp PDF bị khóa",
        "the password that opens a locked PDF",
    ),
    "limits": (
        "giới hạn cho mỗi tệp, ví dụ seconds=60,memory=2000000000,pages=200 (giây, byte, trang"
        " PDF)",
        "limits for each file, for instance seconds=60,memory=2000000000,pages=200 (seconds, bytes,"
        " pages of a PDF)",
    ),
    "patterns": (
        "thư mục mẫu của riêng bạn, đặt chồng lên mẫu có sẵn",
        "a folder with patterns of your own, laid over the shipped ones",
    ),
    "check": (
        "đối chiếu báo cáo với chính nó và với nhau, nêu những chỗ không khớp",
        "compare reports with themselves and each other, and say what does not add up",
    ),
    "check-format": (
        "text: để đọc; html: một trang web để đọc, lọc, gửi đi; xlsx: bảng Excel để xử lý từng phát"
        " hiện; json: một đối tượng; jsonl: mỗi dòng một phát hiện; sarif: SARIF 2.1.0, cho trình"
        " soạn thảo và hệ thống quản lý phát hiện (mặc định text)",
        "text: for reading; html: one web page to read, filter and send on; xlsx: an Excel workbook"
        " to work through; json: one object; jsonl: one finding a line; sarif: SARIF 2.1.0, for"
        " editors and systems that keep findings (default text)",
    ),
    "check-select": (
        "chỉ kiểm tra các mã này (CIT501, hoặc FIG cho cả nhóm; ngăn bằng dấu phẩy)",
        "only these checks (CIT501, or FIG for the family; separated by commas)",
    ),
    "check-ignore": ("bỏ qua các mã này", "leave these checks out"),
    "check-fail-on": (
        "kết thúc với mã 1 khi có phát hiện mới từ mức này trở lên (mặc định error)",
        "exit with 1 where there are new findings of this severity or above (default error)",
    ),
    "check-profile": (
        "một bộ lựa chọn: day-du (cả ghi chú), chac-chan (chỉ lỗi), van-thu (số, ký hiệu, ngày,"
        " viện dẫn), so-lieu (con số), hoặc bộ của bạn trong docparse.toml",
        "a set of choices: full (notes too), sure (errors only), records (numbers, symbols, dates,"
        " citations), figures, or one of your own in docparse.toml",
    ),
    "check-level": (
        "mức thấp nhất được nêu (mặc định warning)",
        "the least severity that is shown (default warning)",
    ),
    "check-notes": ("nêu cả ghi chú: như --level note", "show notes as well: --level note"),
    "check-decisions": (
        "tệp quyết định: phát hiện nào đã xem xét và vì sao bỏ qua (mặc định"
        " docparse-decisions.toml bên cạnh báo cáo)",
        "the file of decisions: which findings were settled, and why (default"
        " docparse-decisions.toml beside the reports)",
    ),
    "check-baseline": (
        "chỉ nêu những gì chưa có trong tệp mốc này",
        "show only what this baseline does not hold",
    ),
    "check-new-since": (
        "chỉ nêu những gì chưa có trong kết quả --format json của lần trước",
        "show only what an earlier result (--format json) does not hold",
    ),
    "check-write-baseline": (
        "chấp nhận mọi phát hiện hôm nay, ghi vào tệp mốc này",
        "accept the findings of today and write them to this baseline",
    ),
    "check-config": (
        "tệp thiết lập (mặc định docparse.toml trong thư mục báo cáo hoặc thư mục trên)",
        "the settings (default docparse.toml in the folder of the reports or above it)",
    ),
    "check-index": (
        "kiểm tra các báo cáo của chỉ mục này, không cần đến tệp",
        "check the reports of this index; their files are not needed",
    ),
    "check-no-config": (
        "không tìm docparse.toml và docparse-decisions.toml",
        "look for neither docparse.toml nor docparse-decisions.toml",
    ),
    "check-pages": (
        "trong trang web (html): kèm ảnh trang PDF, khoanh chỗ được nêu",
        "in the web page (html): add pictures of PDF pages with the places framed",
    ),
    "review": (
        "ghi lại những gì đã điền vào bảng Excel: phát hiện nào đã giải trình, phát hiện nào cần"
        " hỏi",
        "take what was filled into the workbook: findings that are settled, findings to ask about",
    ),
    "review-file": (
        "bảng Excel do docparse check --format xlsx tạo ra, đã điền các cột Xử lý, Ý kiến, Người xử"
        " lý",
        "the workbook that docparse check --format xlsx made, its status, comment and person filled"
        " in",
    ),
    "suppress": (
        "ghi quyết định bỏ qua một phát hiện, kèm lý do",
        "record the decision that a finding needs no more attention, with the reason",
    ),
    "suppress-fingerprint": (
        "dấu nhận dạng, in ở cuối mỗi phát hiện",
        "the fingerprint, printed at the end of each finding",
    ),
    "suppress-reason": ("vì sao bỏ qua (bắt buộc)", "why (this must be said)"),
    "suppress-who": ("ai quyết định", "who has decided"),
    "suppress-until": ("có hiệu lực đến hết ngày này", "the last day on which this holds"),
    "suppress-note": ("phát hiện nói gì, ghi lại để nhớ", "what the finding said, to remember it"),
    "suppress-found-in": (
        "kết quả --format json có phát hiện này, để lấy mã và nội dung",
        "a result (--format json) with this finding, for its code and words",
    ),
    "suppress-decisions": (
        "tệp quyết định (mặc định docparse-decisions.toml ở thư mục này hoặc thư mục trên)",
        "the file of decisions (default docparse-decisions.toml in this folder or above it)",
    ),
    "check-show-passed": (
        "nêu cả những gì đã đối chiếu và khớp, và những gì không so sánh được",
        "show what was compared and agrees, and what could not be compared",
    ),
    "rule": ("kể các phép kiểm tra, giải thích một phép", "list the checks, explain one"),
    "rule-code": (
        "mã (CIT501) hoặc tên của phép kiểm tra; không ghi thì kể tất cả",
        "the code (CIT501) or name of a check; without one, all are listed",
    ),
    "parse": (
        "đọc báo cáo, in bản ghi hoặc toàn văn đã sửa",
        "read reports; print records, or the whole repaired text",
    ),
    "parse-paths": (
        "tệp, thư mục (mọi tài liệu bên trong), hoặc - để đọc từ đầu vào chuẩn",
        "files, folders (every document in them), or - for standard input",
    ),
    "parse-format": (
        "json: một mảng; jsonl: mỗi dòng một báo cáo; text: bản để đọc (mặc định json)",
        "json: one array; jsonl: one report per line; text: for reading (default json)",
    ),
    "parse-output": ("ghi vào tệp này thay vì màn hình", "write to this file, not to the screen"),
    "parse-jobs": ("số tệp xử lý cùng lúc (mặc định 1)", "files worked on at a time (default 1)"),
    "decode": (
        "ghi toàn văn một tệp ra Unicode, kể cả tệp dùng phông cũ (TCVN3, VNI, VISCII)",
        "write the whole text of a file as Unicode, also where its fonts are old (TCVN3, VNI,"
        " VISCII)",
    ),
    "decode-file": (
        "tệp cần chuyển (.txt, .doc, .docx, .rtf, .xls, .html …), hoặc -",
        "the file to convert (.txt, .doc, .docx, .rtf, .xls, .html …), or -",
    ),
    "explain-repairs": (
        "liệt kê mọi chỗ đã sửa trong một tệp: dòng, quy tắc, trước → sau",
        "list every repair of one file: line, rule, before → after",
    ),
    "explain-file": ("tệp cần xem, hoặc -", "the file to look at, or -"),
    "patterns-command": ("kiểm tra các tệp mẫu", "check the pattern files"),
    "patterns-check": (
        "tìm chỗ sai trong mẫu: tệp, dòng, mục, và cách sửa",
        "find faults in the patterns: file, line, entry, and what to do",
    ),
    "patterns-folder": (
        "thư mục mẫu của bạn (bỏ trống: mẫu có sẵn)",
        "a folder of your own (left out: the shipped patterns)",
    ),
    "patterns-diff": (
        "thử một thư mục mẫu trên các báo cáo: viện dẫn nào thêm, mất, đọc khác đi",
        "try a pattern folder on reports: citations gained, lost and read otherwise",
    ),
    "patterns-new": (
        "thư mục mẫu cần thử, đặt chồng lên mẫu có sẵn",
        "the pattern folder to try, laid over the shipped ones",
    ),
    "patterns-old": (
        "so với thư mục mẫu này (mặc định: so với mẫu có sẵn)",
        "compare with this pattern folder (default: with the shipped patterns)",
    ),
    "evaluate": (
        "chấm điểm chương trình theo bản ghi mẫu (*.gold.toml): P, R, F1 từng loại",
        "score the program against gold records (*.gold.toml): P, R, F1 by kind",
    ),
    "evaluate-folder": ("thư mục chứa *.gold.toml", "the folder with *.gold.toml"),
    "evaluate-root": (
        "nơi chứa văn bản mà khóa source trỏ tới (mặc định: chính thư mục đó)",
        "where the texts lie that the key source names (default: the folder itself)",
    ),
    "evaluate-floors": (
        "tệp sàn điểm (mặc định: floors.toml trong thư mục)",
        "the file of floors (default: floors.toml in the folder)",
    ),
    "evaluate-pin": (
        "ghim điểm hiện tại làm sàn; không bao giờ hạ sàn",
        "pin the current scores as floors; a floor is never lowered",
    ),
    "evaluate-details": (
        "liệt kê từng chỗ sót, thừa, sai",
        "list everything that was missed, extra or wrong",
    ),
    "index": (
        "giữ nhiều báo cáo trong một cơ sở dữ liệu và tra cứu văn bản được viện dẫn",
        "keep many reports in a database and ask which documents they cite",
    ),
    "index-add": (
        "thêm báo cáo vào chỉ mục; tệp không thay đổi thì không đọc lại",
        "add reports to the index; files that have not changed are not read again",
    ),
    "index-search": (
        "tìm theo số ký hiệu, trích yếu hoặc câu chữ; có dấu, không dấu hay gõ sai đều được",
        "search numbers, titles and words, typed with marks, without, or wrongly",
    ),
    "index-cites": ("báo cáo này viện dẫn những gì", "what a report cites"),
    "index-cited-by": (
        "văn bản này được viện dẫn ở đâu; số ký hiệu gõ thiếu, gõ thoáng cũng được",
        "where a document is cited; the number may be partial and loosely typed",
    ),
    "index-show": (
        "mọi điều đã biết về một văn bản: ngày, trích yếu, cơ quan, ai viện dẫn",
        "all that is known of a document: dates, titles, issuers, who cites it",
    ),
    "index-conflicts": (
        "văn bản được ghi với hai ngày, hai ký hiệu hoặc hai trích yếu",
        "documents cited under two dates, symbols or titles",
    ),
    "index-missing": (
        "văn bản được viện dẫn nhiều mà trong kho không có",
        "documents that are cited often and not in the collection",
    ),
    "index-duplicates": (
        "tệp trùng nhau và tệp gần giống nhau",
        "files that are the same, or nearly",
    ),
    "index-failures": (
        "tệp không đọc được và lý do; đọc lại bằng add --retry",
        "files that could not be read, and why; add --retry tries them again",
    ),
    "index-stats": ("chỉ mục có bao nhiêu mỗi thứ", "how much of everything the index has"),
    "index-export": (
        "xuất chỉ mục ra tệp để dùng ở chương trình khác",
        "write the index to a file for other programs",
    ),
    "index-export-format": (
        "csv, parquet, xlsx: một bảng (--table); jsonl: toàn bộ bản ghi; graphml: mạng viện dẫn;"
        " turtle, jsonld: dữ liệu liên kết",
        "csv, parquet, xlsx: a table (--table); jsonl: all records; graphml: the network of"
        " citations; turtle, jsonld: linked data",
    ),
    "index-table": (
        "bảng cần xuất (mặc định citations; xlsx có mọi bảng)",
        "which table (default citations; xlsx has all of them)",
    ),
    "index-db": (
        "tệp SQLite hoặc postgresql://máy/tên (mặc định sqlite:///docparse.db)",
        "an SQLite file, or postgresql://host/name (default sqlite:///docparse.db)",
    ),
    "index-format": (
        "text: để đọc; json: một mảng; csv: bảng (mặc định text)",
        "text: for reading; json: an array; csv: a table (default text)",
    ),
    "index-forget": (
        "bỏ tệp khỏi chỉ mục; bản thân tệp không bị đụng đến",
        "take files out of the index; the files themselves are left alone",
    ),
    "index-forget-paths": ("tệp cần bỏ", "files to take out"),
    "index-gone": (
        "mọi tệp không còn ở chỗ cũ (nhớ gắn ổ đĩa trước)",
        "all files that are no longer where they were (mount the disk first)",
    ),
    "index-dry-run": ("chỉ nêu tên, không bỏ", "only name them"),
    "index-cluster": (
        "địa chỉ bộ điều phối Dask (tcp://máy:8786), hoặc tệp .json mà nó ghi địa chỉ vào; "
        "các máy thợ đọc tệp thay cho --jobs",
        "the address of a Dask scheduler (tcp://host:8786), or the .json file into which it writes "
        "it; its workers read instead of --jobs",
    ),
    "index-reparse": ("đọc lại cả tệp không thay đổi", "read files again that have not changed"),
    "index-retry": (
        "đọc lại những tệp lần trước không đọc được (không kèm PATH: tất cả)",
        "try the files again that failed (without PATH: all of them)",
    ),
    "index-text": ("điều cần tìm", "what to look for"),
    "index-report": (
        "đường dẫn, tên tệp hoặc số của báo cáo",
        "the path, file name or number of a report",
    ),
    "index-number": (
        "số ký hiệu hoặc tên văn bản, ví dụ: 899/KH-SCT, 899 kh sct, NĐ 30/2020",
        "the number or name of a document, such as 899/KH-SCT, 899 kh sct, NĐ 30/2020",
    ),
    "index-shared": (
        "chỉ những văn bản mà báo cáo kia cũng viện dẫn, ở đâu trong cả hai",
        "only documents that the other report cites too, and where in both",
    ),
    "index-limit": ("nhiều nhất bao nhiêu kết quả", "at most so many answers"),
    "index-kind": ("chỉ loại này (dates, symbols, titles)", "only this kind"),
    "index-reports": (
        "được ít nhất bấy nhiêu báo cáo viện dẫn (mặc định 2)",
        "cited by at least so many reports (default 2)",
    ),
}


def words(name: str, lang: str) -> str:
    """One text in "vi" or "en"."""
    vietnamese, english = _TEXTS[name]
    return english if lang == "en" else vietnamese


# argparse has its own words for a wrong call; what it says, and the same in Vietnamese.
_USAGE_ERRORS = (
    (r"the following arguments are required: (.*)", r"thiếu tham số \1"),
    (r"unrecognized arguments: (.*)", r"không có tham số \1"),
    (
        r"argument (\S+): invalid choice: (.*) \(choose from (.*)\)",
        r"\1: không có \2, chọn trong \3",
    ),
    (r"argument (\S+): expected one argument", r"\1: cần một giá trị"),
    (r"argument (\S+): expected at least one argument", r"\1: cần ít nhất một giá trị"),
    (r"argument (\S+): invalid (\w+) value: (.*)", r"\1: giá trị \3 không hợp lệ"),
    (r"argument (\S+): (.*)", r"\1: \2"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 chưa rõ, có thể là \2"),
)


def nearest(message: str, options: list[str]) -> str | None:
    """The command, option or value that somebody has mistyped.

    >>> nearest("unrecognized arguments: --formt html", ["--format", "--output"])
    '--format'
    >>> nearest("argument COMMAND: invalid choice: 'chek' (choose from 'parse', 'check')", [])
    'check'
    """
    from difflib import get_close_matches  # only a wrong call waits for it

    if found := re.search(r"unrecognized arguments: .*?(?<!\S)(--?[^\s=]+)", message):
        known = options
    elif found := re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message):
        known = re.findall(r"[\w-]+", found[2])
    return next(iter(get_close_matches(found[1], known, n=1)), None) if found else None


def usage_error(message: str, lang: str) -> str:
    """What argparse found wrong with a call, in one language.

    >>> usage_error("unrecognized arguments: --fast", "vi")
    'không có tham số --fast'
    """
    if lang == "en":
        return message
    for english, vietnamese in _USAGE_ERRORS:
        if found := re.fullmatch(english, message):
            return found.expand(vietnamese)
    return message
