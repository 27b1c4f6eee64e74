"""Ranks people for advertisements as an officer would ask for it, and prints how well, beside BM25 and character TF-IDF.

Usage: officer.py PADANKERJA DIR [--worst N]
       officer.py QUALITY DIR --guards
  DIR holds ads/NN.txt, people.csv (a code stands at the end of each name) and qrels.tsv (ad, person, grade).
The people are imported into a database of their own and every ad is given to `rank --text`. With --guards the program is
`quality --as VARIANT`, the same with a part of the vocabulary left out, and only its own figures are printed.
"""
import collections
import csv
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile


def words(text):
    return re.findall(r"[a-z0-9+#]+", text.lower())


class Bm25:
    def __init__(self, docs, k1=1.2, b=0.75):
        self.docs = {key: collections.Counter(words(text)) for key, text in docs.items()}
        self.length = {key: sum(bag.values()) for key, bag in self.docs.items()}
        self.mean = sum(self.length.values()) / len(docs)
        seen = collections.Counter(word for bag in self.docs.values() for word in bag)
        self.idf = {w: math.log(1 + (len(docs) - n + 0.5) / (n + 0.5)) for w, n in seen.items()}
        self.k1, self.b = k1, b

    def rank(self, text):
        scores = {}
        for key, bag in self.docs.items():
            norm = self.k1 * (1 - self.b + self.b * self.length[key] / self.mean)
            scores[key] = sum(self.idf[w] * bag[w] * (self.k1 + 1) / (bag[w] + norm) for w in words(text) if w in bag)
        return scores


class Tfidf:
    """Character groups of 3 to 5 inside words, cosine."""

    def __init__(self, docs):
        bags = {key: self.grams(text) for key, text in docs.items()}
        seen = collections.Counter(gram for bag in bags.values() for gram in bag)
        self.idf = {g: math.log((1 + len(docs)) / (1 + n)) + 1 for g, n in seen.items()}
        self.docs = {key: self.weigh(bag) for key, bag in bags.items()}

    @staticmethod
    def grams(text):
        bag = collections.Counter()
        for word in words(text):
            padded = f" {word} "
            for size in (3, 4, 5):
                bag.update(padded[i:i + size] for i in range(len(padded) - size + 1))
        return bag

    def weigh(self, bag):
        vector = {g: n * self.idf[g] for g, n in bag.items() if g in self.idf}
        norm = math.sqrt(sum(v * v for v in vector.values())) or 1
        return {g: v / norm for g, v in vector.items()}

    def rank(self, text):
        query = self.weigh(self.grams(text))
        return {key: sum(v * doc.get(g, 0) for g, v in query.items()) for key, doc in self.docs.items()}


def measure(order, grades):
    """nDCG@10 with gain 2^grade - 1, R-precision, share of grade 0 within the first R."""
    gain = lambda g: 2 ** g - 1
    dcg = sum(gain(grades.get(p, 0)) / math.log2(i + 2) for i, p in enumerate(order[:10]))
    best = sorted((gain(g) for g in grades.values()), reverse=True)[:10]
    ideal = sum(g / math.log2(i + 2) for i, g in enumerate(best))
    right = sum(1 for g in grades.values() if g >= 2)
    head = order[:right]
    hits = sum(1 for p in head if grades.get(p, 0) >= 2)
    zero = sum(1 for p in head if grades.get(p, 0) == 0)
    return dcg / ideal if ideal else 0, hits / right if right else 0, zero / right if right else 0


GUARDS = ["everything", "all vocabulary"] + [f"without a fifth of skills and occupations, seed {n}" for n in range(1, 6)]


def rank(program, folder, ads, most):
    """What the program answers to each ad, its people imported into a database of their own."""
    with tempfile.TemporaryDirectory() as work:
        run = lambda *args: subprocess.run([*program, *args], cwd=work, capture_output=True, text=True, check=True).stdout
        run("import", "people", str(folder / "people.csv"), "--keep-going")
        text = lambda ad: str(folder / "ads" / f"{ad}.txt")
        return {ad: json.loads(run("rank", "--text", text(ad), "--top", str(most), "--json")) for ad in ads}


def guards(binary, folder, ads, most, qrels, judged, code):
    print("| left out | nDCG@10 | R-precision | grade 0 among the first R |\n|---|---|---|---|")
    for variant in GUARDS:
        found = rank([binary, "--as", variant], folder, ads, most)
        all_ads = [measure([code(one["name"]) for one in found[ad]], qrels[ad]) for ad in judged]
        mean = [sum(column) / len(judged) for column in zip(*all_ads)]
        print(f"| {variant} | {mean[0]:.3f} | {mean[1]:.3f} | {mean[2]:.3f} |", flush=True)


def main():
    binary, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    worst = int(sys.argv[sys.argv.index("--worst") + 1]) if "--worst" in sys.argv else 10
    people = list(csv.DictReader(open(folder / "people.csv", encoding="utf-8")))
    code = lambda name: name.split()[-1]
    told = ["education", "major", "programme", "training_result", "certificates", "skills", "experience"]
    docs = {code(p["name"]): " ".join(p[f] for f in told) for p in people}
    ads = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "ads").glob("*.txt"))}
    qrels = collections.defaultdict(dict)
    for row in csv.DictReader(open(folder / "qrels.tsv", encoding="utf-8"), delimiter="\t"):
        qrels[row["ad"]][row["person"]] = int(row["grade"])

    judged = [ad for ad in ads if any(g >= 2 for g in qrels[ad].values())]
    if "--guards" in sys.argv:
        return guards(binary, folder, ads, len(people), qrels, judged, code)
    answers = rank([binary], folder, ads, len(people))
    ranked = {ad: [code(one["name"]) for one in found] for ad, found in answers.items()}
    told_by_rank = {ad: {code(one["name"]): one for one in found} for ad, found in answers.items()}
    systems = {
        "padankerja": ranked,
        "BM25 over the row's words": {}, "character TF-IDF": {},
    }
    for name, engine in (("BM25 over the row's words", Bm25(docs)), ("character TF-IDF", Tfidf(docs))):
        for ad, text in ads.items():
            scores = engine.rank(text)
            systems[name][ad] = sorted(scores, key=lambda p: (-scores[p], p))
    nobody = [ad for ad in ads if ad not in judged]
    print(f"{len(ads)} ads, {len(people)} people, {sum(len(q) for q in qrels.values())} grades\n")
    print("| system | nDCG@10 | R-precision | grade 0 among the first R |\n|---|---|---|---|")
    figures = {}
    for name, orders in systems.items():
        all_ads = [measure(orders[ad], qrels[ad]) for ad in judged]
        mean = [sum(column) / len(judged) for column in zip(*all_ads)]
        figures[name] = mean
        print(f"| {name} | {mean[0]:.3f} | {mean[1]:.3f} | {mean[2]:.3f} |")
    if nobody:
        print(f"\nads for nobody: {sum(1 for ad in nobody if not ranked[ad])} of {len(nobody)} propose nobody;"
              f" people proposed: {', '.join(f'{ad}: {len(ranked[ad])}' for ad in nobody)}")
    per_ad = sorted((measure(ranked[ad], qrels[ad])[0], ad) for ad in judged)
    print(f"\nthe {worst} worst ads:")
    for value, ad in per_ad[:worst]:
        grades = qrels[ad]
        print(f"\n{ad} nDCG@10 {value:.3f}")
        for place, person in enumerate(ranked[ad][:10], 1):
            one = told_by_rank[ad][person]
            reasons = ", ".join(f"{r['kind']} {r['subject']} {r['points']}" for r in one["explanation"]["reasons"][:6])
            print(f"  {place:2} {person} grade {grades.get(person, 0)} fit {one['fit']} prio {one['priority']}: {reasons}")
        missed = [p for p, g in grades.items() if g >= 2 and p not in ranked[ad][:10]]
        for person in missed:
            at = ranked[ad].index(person) + 1 if person in ranked[ad] else "-"
            print(f"  missed {person} grade {grades[person]} at {at}: {docs[person][:150]}")


if __name__ == "__main__":
    main()
