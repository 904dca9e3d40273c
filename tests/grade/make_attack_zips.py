"""Makes the hostile archives of tests/grade/submissions/: python3 tests/grade/make_attack_zips.py tests/grade/submissions

Each holds an honest manifest.yaml. Same bytes every time.
"""
import io, stat, struct, sys, warnings, zipfile

warnings.simplefilter("ignore")  # names that are there twice
out = sys.argv[1]
NOON = (1980, 1, 1, 12, 0, 0)


def manifest(name):
    return f"schema: 1\nstudent: {name}\ntrack: artifact\n"


def info(path, mode=stat.S_IFREG | 0o644):
    entry = zipfile.ZipInfo(path, NOON)
    entry.create_system, entry.external_attr, entry.compress_type = 3, mode << 16, zipfile.ZIP_DEFLATED
    return entry


def archive(name, entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip:
        for entry, content in [(info("manifest.yaml"), manifest(name)), *entries]:
            zip.writestr(entry, content)
    return buffer.getvalue()


def write(name, data):
    open(f"{out}/{name}.zip", "wb").write(data)


# 48 MiB of one digit in 48 KiB, and 48 GiB as the directory says.
bomb = archive("attack-zip-bomb", [(info("predictions.csv"), "0" * (48 << 20)), (info("history.csv"), "1" * 1000)])
at = bomb.rindex(b"history.csv") - 46
bomb = bomb[: at + 24] + struct.pack("<I", 0xFFFFFF00) + bomb[at + 28 :]
write("attack-zip-bomb", bomb)

write("attack-zip-paths", archive("attack-zip-paths", [
    (info("../escaped.csv"), "index,label\n"),
    (info("a/../../escaped.csv"), "index,label\n"),
    (info("/tmp/escaped.csv"), "index,label\n"),
    (info("C:/escaped.csv"), "index,label\n"),
    (info("..\\escaped.csv"), "index,label\n"),
    (info("a//b.csv"), "index,label\n"),
    (info("weights.npz", stat.S_IFLNK | 0o777), "/etc/passwd"),
    (info("pipe", stat.S_IFIFO | 0o644), ""),
    (info("predictions.csv"), "index,label\n0,1\n"),
    (info("predictions.csv"), "index,label\n0,2\n"),
    (info("History.csv"), "epoch,train_loss,val_loss\n1,2,3\n"),
    (info("history.csv"), "epoch,train_loss,val_loss\n1,2,3\n"),
    (info("src"), "a file"),
    (info("src/mod.ts"), "export {};"),
]))
