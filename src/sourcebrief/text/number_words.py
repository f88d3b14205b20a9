"""Cardinal numbers in words, by language, with the words that multiply.

A line of a table is a value and its words as a regular expression, in lower case; `*` after the
value marks what multiplies the number before it. Articles (a, un, ein) count as no number, and
"both" as two. In the languages of briefs the tables are meant to be exact; in the others they serve
to find in a quotation what its translation has, so that a word too many does no harm.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sourcebrief.text.languages import primary_subtag


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of a language.

    `run` finds a word, or several that are written together; `part` each of them, by a group for
    each of `meanings`: its value, and whether it multiplies. `glue` may stand between two words of
    one number. `units_first` is for a language of "five and twenty".
    """

    run: re.Pattern[str]
    part: re.Pattern[str]
    meanings: tuple[tuple[int, bool], ...]
    glue: re.Pattern[str]
    units_first: bool


_ENGLISH: Final = """
0 zero
2 two|both
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
11 eleven
12 twelve
13 thirteen
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty(?!-(?:first|second|third|\\w+th\\b))|twenties
30 thirt(?:y|ies)
40 fort(?:y|ies)
50 fift(?:y|ies)
60 sixt(?:y|ies)
70 sevent(?:y|ies)
80 eight(?:y|ies)
90 ninet(?:y|ies)
12* dozens?
100* hundreds?
1000* thousands?
1000000* millions?
1000000000* billions?
1000000000000* trillions?
"""
_SPANISH: Final = """
0 cero
2 dos|ambos|ambas
3 tres
4 cuatro
5 cinco
6 seis
7 siete
8 ocho
9 nueve
10 diez
11 once
12 doce(?!na)
13 trece
14 catorce
15 quince
16 dieciséis
17 diecisiete
18 dieciocho
19 diecinueve
20 veinte(?:na)?
21 veinti(?:uno|una|ún)
22 veintidós
23 veintitrés
24 veinticuatro
25 veinticinco
26 veintiséis
27 veintisiete
28 veintiocho
29 veintinueve
30 treintena|treinta
40 cuarenta
50 cincuenta
60 sesenta
70 setenta
80 ochenta
90 noventa
100 (?<!por\\s)cien(?:to)?(?!\\w)
200 doscient[oa]s
300 trescient[oa]s
400 cuatrocient[oa]s
500 quinient[oa]s
600 seiscient[oa]s
700 setecient[oa]s
800 ochocient[oa]s
900 novecient[oa]s
10* decenas?
12* docenas?
100* cientos|centenares|centenar
1000* mil|miles|millar(?:es)?
1000000* mill[oó]n(?:es)?
1000000000* millardos?
1000000000000* bill[oó]n(?:es)?
"""
_FRENCH: Final = """
0 zéro
2 deux
3 trois
80 quatre[-\\s]vingts?|octante|huitante
4 quatre
5 cinq
6 six
7 sept
8 huit
9 neuf
10 dix
11 onze
12 douze
13 treize
14 quatorze
15 quinze
16 seize
20 vingt
30 trente
40 quarante
50 cinquante
60 soixante
70 septante
90 nonante
10* dizaines?
12* douzaines?
20* vingtaines?
30 trentaine
50 cinquantaine
60 soixantaine
100* cents?|centaines?
1000* mille|milliers?
1000000* millions?
1000000000* milliards?
1000000000000* billions?
"""
_GERMAN: Final = """
0 null
2 zwei|zwo|beide[mnrs]?
3 drei
4 vier
5 fünf
6 sechs
7 sieben
8 acht
9 neun
10 zehn
11 elf
12 zwölf
13 dreizehn
14 vierzehn
15 fünfzehn
16 sechzehn
17 siebzehn
18 achtzehn
19 neunzehn
20 zwanzig(?:er)?
30 drei(?:ß|ss)ig
40 vierzig(?:er)?
50 fünfzig(?:er)?
60 sechzig(?:er)?
70 siebzig(?:er)?
80 achtzig(?:er)?
90 neunzig(?:er)?
1 ein(?=und|hundert|tausend)|(?<=hundert)eins?|(?<=tausend)eins?
12* dutzend(?:e[nrs]?)?
100* hundert(?:e[nr]?(?!\\w))?
1000* tausend(?:e[nr]?(?!\\w))?
1000000* million(?:en)?|mio\\b\\.?
1000000000* milliarden?|mrd\\b\\.?
1000000000000* billion(?:en)?
"""
_PORTUGUESE: Final = """
0 zero
2 dois|duas|ambos|ambas
3 três
4 quatro
5 cinco
6 seis|meia\\sdúzia
7 sete
8 oito
9 nove
10 dez
11 onze
12 doze
13 treze
14 (?:qua|ca)torze
15 quinze
16 dez[ae]sseis
17 dez[ae]ssete
18 dezoito
19 dez[ae]nove
20 vinte
30 trinta
40 quarenta
50 cinquenta
60 sessenta
70 setenta
80 oitenta
90 noventa
100 cem|(?<!por\\s)cento
200 duzent[oa]s
300 trezent[oa]s
400 quatrocent[oa]s
500 quinhent[oa]s
600 seiscent[oa]s
700 setecent[oa]s
800 oitocent[oa]s
900 novecent[oa]s
10* dezenas?
12* dúzias?
100* centenas?
1000* mil|milhar(?:es)?
1000000* milh(?:ão|ões)
1000000000* bilh(?:ão|ões)
1000000000000* bili(?:ão|ões)|trilh(?:ão|ões)
"""
_ITALIAN: Final = """
0 zero
2 due|entramb[ei]|ambedue|duplice
3 tre|tré
4 quattro
5 cinque
6 sei
7 sette
8 otto
9 nove
10 dieci
11 undici
12 dodici
13 tredici
14 quattordici
15 quindici
16 sedici
17 diciassette
18 diciotto
19 diciannove
20 ventina|venti|vent(?=uno|otto)
30 trentina|trenta|trent(?=uno|otto)
40 quaranta|quarant(?=uno|otto)
50 cinquantina|cinquanta|cinquant(?=uno|otto)
60 sessanta|sessant(?=uno|otto)
70 settanta|settant(?=uno|otto)
80 ottanta|ottant(?=uno|otto)
90 novanta|novant(?=uno|otto)
1 (?<=nt)un[oa]|(?<=cento)un[oa]
10* decin[ae]
12* dozzin[ae]
100* (?<!per\\s)cento|centinai[oa]
1000* mille|mila|migliai[oa]
1000000* milion[ei]
1000000000* miliard[io]
1000000000000* bilion[ei]
"""
_DUTCH: Final = """
0 nul
2 twee|beiden?
3 drie
4 vier
5 vijf
6 zes
7 zeven
8 acht
9 negen
10 tien
11 elf
12 twaalf
13 dertien
14 veertien
15 vijftien
16 zestien
17 zeventien
18 achttien
19 negentien
20 twintig
30 dertig
40 veertig
50 vijftig
60 zestig
70 zeventig
80 tachtig
90 negentig
100* honderd(?:en)?
1000* duizend(?:en)?
1000000* miljoen(?:en)?|mln\\b\\.?
1000000000* miljard(?:en)?|mld\\b\\.?
"""
_RUSSIAN: Final = """
2 дв(?:а|е|ух|ум|умя)|об(?:а|е|оих|еих|оим|еим)
3 тр(?:и|ёх|ех|ём|ем|емя)
4 четыр(?:е|ёх|ех|ём|ем|ьмя)
5 пят(?:ь|и|ью)
6 шест(?:ь|и|ью)
7 сем(?:ь|и|ью)
8 вос(?:емь|ьми|емью)
9 девят(?:ь|и|ью)
10 десят(?:ь|и|ью)
11 одиннадцат(?:ь|и|ью)
12 двенадцат(?:ь|и|ью)
13 тринадцат(?:ь|и|ью)
14 четырнадцат(?:ь|и|ью)
15 пятнадцат(?:ь|и|ью)
16 шестнадцат(?:ь|и|ью)
17 семнадцат(?:ь|и|ью)
18 восемнадцат(?:ь|и|ью)
19 девятнадцат(?:ь|и|ью)
20 двадцат(?:ь|и|ью)
30 тридцат(?:ь|и|ью)
40 сорока?
50 пят(?:ьдесят|идесяти|ьюдесятью)
60 шест(?:ьдесят|идесяти|ьюдесятью)
70 сем(?:ьдесят|идесяти|ьюдесятью)
80 вос(?:емьдесят|ьмидесяти)
90 девяност[оа]
100 ст[оа]
200 двести|двухсот
300 триста|тр[её]хсот
400 четыреста|четыр[её]хсот
500 пят(?:ьсот|исот)
600 шест(?:ьсот|исот)
700 сем(?:ьсот|исот)
800 вос(?:емьсот|ьмисот)
900 девят(?:ьсот|исот)
1000* тысяч(?:а|и|у|ам|ами|ах|ей|ью)?|тыс\\b\\.?
1000000* миллион(?:а|ов|ы|у|ам|ом)?|млн\\b\\.?
1000000000* миллиард(?:а|ов|ы|у|ам|ом)?|млрд\\b\\.?
"""
_UKRAINIAN: Final = """
2 дв(?:а|і|ох|ом|ома)|обидв(?:а|і|ох)|обо(?:є|х)
3 тр(?:и|ьох|ьом|ьома)
4 чотир(?:и|ьох|ьом|ма)
5 п['’ʼ]ят(?:ь|и|ьох|ьма)
6 шіст(?:ь)|шести|шістьох
7 сім|семи|сімох
8 вісім|восьми|вісьмох
9 дев['’ʼ]ят(?:ь|и|ьох)
10 десят(?:ь|и|ьох)
11 одинадцят(?:ь|и|ьох)
12 дванадцят(?:ь|и|ьох)
13 тринадцят(?:ь|и|ьох)
14 чотирнадцят(?:ь|и|ьох)
15 п['’ʼ]ятнадцят(?:ь|и|ьох)
16 шістнадцят(?:ь|и|ьох)
17 сімнадцят(?:ь|и|ьох)
18 вісімнадцят(?:ь|и|ьох)
19 дев['’ʼ]ятнадцят(?:ь|и|ьох)
20 двадцят(?:ь|и|ьох)
30 тридцят(?:ь|и|ьох)
40 сорока?
50 п['’ʼ]ятдесят(?:и|ьох)?
60 шістдесят(?:и|ьох)?
70 сімдесят(?:и|ьох)?
80 вісімдесят(?:и|ьох)?
90 дев['’ʼ]яност[оа]
100 ст[оа]
200 двісті|двохсот
300 триста|трьохсот
400 чотириста|чотирьохсот
500 п['’ʼ]ятсот|п['’ʼ]ятисот
600 шістсот|шестисот
700 сімсот|семисот
800 вісімсот|восьмисот
900 дев['’ʼ]ятсот|дев['’ʼ]ятисот
1000* тисяч(?:а|і|у|ам|ами|ах|ею)?|тис\\b\\.?
1000000* мільйон(?:а|ів|и|у|ам|ом)?|млн\\b\\.?
1000000000* мільярд(?:а|ів|и|у|ам|ом)?|млрд\\b\\.?
"""
_POLISH: Final = """
2 dw(?:a|ie|aj|óch|óm|oma|iema)|ob(?:a|ie|u|aj|ydwa|ydwie)
3 trz(?:y|ej|ech|em|ema)
4 czter(?:y|ej|ech|em|ema)
5 pięć|pięciu
6 sześć|sześciu
7 siedem|siedmiu
8 osiem|ośmiu
9 dziewięć|dziewięciu
10 dziesięć|dziesięciu
11 jedenaście|jedenastu
12 dwanaście|dwunastu
13 trzynaście|trzynastu
14 czternaście|czternastu
15 piętnaście|piętnastu
16 szesnaście|szesnastu
17 siedemnaście|siedemnastu
18 osiemnaście|osiemnastu
19 dziewiętnaście|dziewiętnastu
20 dwadzieścia|dwudziestu
30 trzydzieści|trzydziestu
40 czterdzieści|czterdziestu
50 pięćdziesiąt|pięćdziesięciu
60 sześćdziesiąt|sześćdziesięciu
70 siedemdziesiąt|siedemdziesięciu
80 osiemdziesiąt|osiemdziesięciu
90 dziewięćdziesiąt|dziewięćdziesięciu
100 sto|stu
200 dwieście|dwustu
300 trzysta|trzystu
400 czterysta|czterystu
500 pięćset|pięciuset
600 sześćset|sześciuset
700 siedemset|siedmiuset
800 osiemset|ośmiuset
900 dziewięćset|dziewięciuset
1000* tysi(?:ąc|ące|ęcy|ąca|ącom|ącach)|tys\\b\\.?
1000000* milion(?:y|ów|a|om|ach)?|mln\\b\\.?
1000000000* miliard(?:y|ów|a|om|ach)?|mld\\b\\.?
"""
_TURKISH: Final = """
0 sıfır
2 iki
3 üç
4 dört
5 beş
6 altı
7 yedi
8 sekiz
9 dokuz
10 on
20 yirmi
30 otuz
40 kırk
50 elli
60 altmış
70 yetmiş
80 seksen
90 doksan
100* yüz(?:lerce)?
1000* bin(?:lerce)?
1000000* milyon(?:larca)?
1000000000* milyar
"""
_GREEK: Final = """
0 μηδέν
2 δύο|δυο
3 τρ(?:εις|ία|ιών)
4 τέσσερ(?:ις|α|εις)|τεσσάρων
5 πέντε
6 έξι
7 επτά|εφτά
8 οκτώ|οχτώ
9 εννέα|εννιά
10 δέκα
11 έντεκα
12 δώδεκα
13 δεκατρ(?:είς|ία|ιών)
14 δεκατέσσερ(?:ις|α)
15 δεκαπέντε
16 δεκαέξι
17 δεκαεπτά|δεκαεφτά
18 δεκαοκτώ|δεκαοχτώ
19 δεκαεννέα|δεκαεννιά
20 είκοσι
30 τριάντα
40 σαράντα
50 πενήντα
60 εξήντα
70 εβδομήντα
80 ογδόντα
90 ενενήντα
100 εκατόν?
200 διακόσι(?:οι|ες|α|ων)|διακοσίων
300 τριακόσι(?:οι|ες|α)|τριακοσίων
400 τετρακόσι(?:οι|ες|α)|τετρακοσίων
500 πεντακόσι(?:οι|ες|α)|πεντακοσίων
600 εξακόσι(?:οι|ες|α)|εξακοσίων
700 (?:επτα|εφτα)κόσι(?:οι|ες|α)|επτακοσίων
800 (?:οκτα|οχτα)κόσι(?:οι|ες|α)|οκτακοσίων
900 εννιακόσι(?:οι|ες|α)|εννιακοσίων
1000* χίλι(?:οι|ες|α)|χιλι(?:άδες|άδων|άδα)
1000000* εκατομμύρι(?:ο|α|ων)|εκατομμυρίων
1000000000* δισεκατομμύρι(?:ο|α)|δισεκατομμυρίων
"""
_VIETNAMESE: Final = """
0 không
2 hai
3 ba
4 bốn|tư
5 năm|lăm
6 sáu
7 bảy|bẩy
8 tám
9 chín
10 mười
10* mươi
100* trăm
1000* nghìn|ngàn
1000000* triệu
1000000000* tỷ|tỉ
"""
_ARABIC: Final = """
2 اثن(?:ان|ين|تان|تين)|إثن(?:ان|ين)|كلا|كلتا|كلي(?:هما)?
3 ثلاثة?
4 أربعة?|اربعة?
5 خمسة?
6 ستة?
7 سبعة?
8 ثماني(?:ة)?|ثمان
9 تسعة?
10 عشرة?
11 (?:أحد|إحدى)\\sعشرة?
12 اثن(?:ا|ي|تا|تي)\\sعشرة?
20 عشر(?:ون|ين)
30 ثلاث(?:ون|ين)
40 [أا]ربع(?:ون|ين)
50 خمس(?:ون|ين)
60 ست(?:ون|ين)
70 سبع(?:ون|ين)
80 ثمان(?:ون|ين)
90 تسع(?:ون|ين)
200 مئت(?:ا|ي|ان|ين)|مائت(?:ا|ي|ان|ين)
300 ثلاث(?:مئة|مائة)
400 [أا]ربع(?:مئة|مائة)
500 خمس(?:مئة|مائة)
600 ست(?:مئة|مائة)
700 سبع(?:مئة|مائة)
800 ثمان(?:ي)?(?:مئة|مائة)
900 تسع(?:مئة|مائة)
2000 [أا]لف(?:ان|ين|ا|ي)
100* مئة|مائة|مئات
1000* [أا]لفا?|[أا]لفًا|آلاف|ألوف
1000000* مليون(?:ا|ًا)?|ملايين
1000000000* مليارا?ت?|بليون
"""
_HINDI: Final = """
2 दो|दोनों
3 तीन
4 चार
5 पाँच|पांच
6 छह|छः|छ
7 सात
8 आठ
9 नौ
10 दस
11 ग्यारह
12 बारह
13 तेरह
14 चौदह
15 पंद्रह|पन्द्रह
16 सोलह
17 सत्रह
18 अठारह
19 उन्नीस
20 बीस
25 पच्चीस
30 तीस
40 चालीस
50 पचास
60 साठ
70 सत्तर
75 पचहत्तर
80 अस्सी
90 नब्बे
100* सौ
1000* हज़ार|हजार
100000* लाख
10000000* करोड़
1000000000* अरब
"""
_TABLES: Final[Mapping[str, str]] = {
    "en": _ENGLISH,
    "es": _SPANISH,
    "fr": _FRENCH,
    "de": _GERMAN,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
    "nl": _DUTCH,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "pl": _POLISH,
    "tr": _TURKISH,
    "el": _GREEK,
    "vi": _VIETNAMESE,
    "ar": _ARABIC,
    "hi": _HINDI,
}
_GLUE: Final[Mapping[str, str]] = {
    "en": r"[\s-]+(?:and\s+)?",
    "es": r"\s+(?:y\s+)?",
    "fr": r"[\s-]+(?:et[\s-]+)?",
    "de": r"\s*-?\s*(?:und)?\s*",
    "nl": r"\s*(?:en|ën)?\s*",
    "pt": r"\s+(?:e\s+)?",
    "it": r"\s*(?:e\s+)?",
    "tr": r"\s*",
    "ar": r"\s+(?:و\s*)?",
    "el": r"\s+(?:και\s+)?",
    "ru": r"\s+(?:и\s+)?",
}
_WRITTEN_TOGETHER: Final[Mapping[str, str]] = {
    "de": "(?:und)?",
    "it": "",
    "nl": "(?:en|ën)?",
    "tr": "",
}
_BEFORE: Final[Mapping[str, str]] = {"ar": "(?:و|ب|ل|ال|وال|بال)?"}
_UNITS_FIRST: Final = ("ar", "de", "nl")
WITH_NUMERALS: Final = ("ja", "ko", "yue", "zh")
"""Languages whose numbers in words are numerals of their script, read by themselves."""


@cache
def number_words(language: str | None) -> NumberWords | None:
    """Give the number words of a language (BCP 47), or None where there are none."""
    key = primary_subtag(language)
    if key not in _TABLES:
        return None
    lines = [line.split(" ", 1) for line in _TABLES[key].strip().splitlines()]
    # The greater first, since the word of a lesser one may begin it: drei, dreißig.
    lines.sort(key=lambda line: int(line[0].rstrip("*")), reverse=True)
    one = "|".join(f"({words})" for _, words in lines)
    any_one = "|".join(f"(?:{words})" for _, words in lines)
    before = _BEFORE.get(key, "")
    between = _WRITTEN_TOGETHER.get(key)
    run = any_one if between is None else f"(?:{any_one})(?:{between}(?:{any_one}))*(?:einhalb)?"
    return NumberWords(
        re.compile(rf"(?<!\w){before}(?:{run})(?!\w)", re.IGNORECASE),
        re.compile(one, re.IGNORECASE),
        tuple((int(value.rstrip("*")), value.endswith("*")) for value, _ in lines),
        re.compile(_GLUE.get(key, r"\s+"), re.IGNORECASE),
        key in _UNITS_FIRST,
    )
