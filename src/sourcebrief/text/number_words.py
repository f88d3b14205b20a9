"""Cardinal numbers in words, by language, with the words that multiply.

A line of a table is a number, its word as a regular expression, in lower case, and the words of the
numbers that follow: each the next one below twenty, then each ten, then each hundred. `*` after the
number marks a word that multiplies the number before it. Articles (a, un, ein) count as no number,
and "both" as two. In the languages of briefs the tables are meant to be exact; in the others they
serve to find in a quotation what its translation has, so that a word too many does no harm.
"""

import re
from collections.abc import Iterator, Mapping
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


_TABLES: Final[Mapping[str, str]] = {
    "en": """
0 zero
2 two|both three four five six seven eight nine
10 ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
20 twenty(?!-(?:first|second|third|\\w+th\\b))|twenties thirt(?:y|ies) fort(?:y|ies) fift(?:y|ies)
60 sixt(?:y|ies) sevent(?:y|ies) eight(?:y|ies) ninet(?:y|ies)
12* dozens?
100* hundreds?
1000* thousands?
100000* lakhs?
1000000* millions?
10000000* crores?
1000000000* billions?
1000000000000* trillions?
""",
    "es": """
0 cero
2 dos|ambos|ambas tres cuatro cinco seis siete ocho nueve
10 diez once doce(?!na) trece catorce quince dieciséis diecisiete dieciocho diecinueve
20 veinte(?:na)?
21 veinti(?:uno|una|ún) veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete
28 veintiocho veintinueve treintena|treinta
40 cuarenta cincuenta sesenta setenta ochenta noventa
100 (?<!por\\s)cien(?:to)?(?!\\w) doscient[oa]s trescient[oa]s cuatrocient[oa]s quinient[oa]s
600 seiscient[oa]s setecient[oa]s ochocient[oa]s novecient[oa]s
10* decenas?
12* docenas?
100* cientos|centenares|centenar
1000* mil|miles|millar(?:es)?
1000000* mill[oó]n(?:es)?
1000000000* millardos?
1000000000000* bill[oó]n(?:es)?
""",
    "fr": """
0 zéro
2 deux trois
80 quatre[-\\s]vingts?|octante|huitante
4 quatre cinq six sept huit neuf
10 dix onze douze treize quatorze quinze seize
20 vingt trente quarante cinquante soixante septante
90 nonante
10* dizaines?
12* douzaines?
20* vingtaines?
30 trentaine
50 cinquantaine soixantaine
100* cents?|centaines?
1000* mille|milliers?
1000000* millions?
1000000000* milliards?
1000000000000* billions?
""",
    "de": """
0 null
2 zwei|zwo|beide[mnrs]? drei vier fünf sechs sieben acht neun
10 zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
20 zwanzig(?:er)? drei(?:ß|ss)ig vierzig(?:er)? fünfzig(?:er)? sechzig(?:er)? siebzig(?:er)?
80 achtzig(?:er)? neunzig(?:er)?
1 ein(?=und|hundert|tausend)|(?<=hundert)eins?|(?<=tausend)eins?
12* dutzend(?:e[nrs]?)?
100* hundert(?:e[nr]?(?!\\w))?
1000* tausend(?:e[nr]?(?!\\w))?
1000000* million(?:en)?|mio\\b\\.?
1000000000* milliarden?|mrd\\b\\.?
1000000000000* billion(?:en)?
""",
    "pt": """
0 zero
2 dois|duas|ambos|ambas três quatro cinco seis|meia\\sdúzia sete oito nove
10 dez onze doze treze (?:qua|ca)torze quinze dez[ae]sseis dez[ae]ssete dezoito dez[ae]nove
20 vinte trinta quarenta cinquenta sessenta setenta oitenta noventa
100 cem|(?<!por\\s)cento duzent[oa]s trezent[oa]s quatrocent[oa]s quinhent[oa]s seiscent[oa]s
700 setecent[oa]s oitocent[oa]s novecent[oa]s
10* dezenas?
12* dúzias?
100* centenas?
1000* mil|milhar(?:es)?
1000000* milh(?:ão|ões)
1000000000* bilh(?:ão|ões)
1000000000000* bili(?:ão|ões)|trilh(?:ão|ões)
""",
    "it": """
0 zero
2 due|entramb[ei]|ambedue|duplice tre|tré quattro cinque sei sette otto nove
10 dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove
20 ventina|venti|vent(?=uno|otto) trentina|trenta|trent(?=uno|otto) quaranta|quarant(?=uno|otto)
50 cinquantina|cinquanta|cinquant(?=uno|otto) sessanta|sessant(?=uno|otto)
70 settanta|settant(?=uno|otto) ottanta|ottant(?=uno|otto) novanta|novant(?=uno|otto)
1 (?<=nt)un[oa]|(?<=cento)un[oa]
10* decin[ae]
12* dozzin[ae]
100* (?<!per\\s)cento|centinai[oa]
1000* mille|mila|migliai[oa]
1000000* milion[ei]
1000000000* miliard[io]
1000000000000* bilion[ei]
""",
    "nl": """
0 nul
2 twee|beiden? drie vier vijf zes zeven acht negen
10 tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien
20 twintig dertig veertig vijftig zestig zeventig tachtig negentig
100* honderd(?:en)?
1000* duizend(?:en)?
1000000* miljoen(?:en)?|mln\\b\\.?
1000000000* miljard(?:en)?|mld\\b\\.?
""",
    "ru": """
2 дв(?:а|е|ух|ум|умя)|об(?:а|е|оих|еих|оим|еим) тр(?:и|ёх|ех|ём|ем|емя) четыр(?:е|ёх|ех|ём|ем|ьмя)
5 пят(?:ь|и|ью) шест(?:ь|и|ью) сем(?:ь|и|ью) вос(?:емь|ьми|емью) девят(?:ь|и|ью)
10 десят(?:ь|и|ью) одиннадцат(?:ь|и|ью) двенадцат(?:ь|и|ью) тринадцат(?:ь|и|ью)
14 четырнадцат(?:ь|и|ью) пятнадцат(?:ь|и|ью) шестнадцат(?:ь|и|ью) семнадцат(?:ь|и|ью)
18 восемнадцат(?:ь|и|ью) девятнадцат(?:ь|и|ью)
20 двадцат(?:ь|и|ью) тридцат(?:ь|и|ью) сорока? пят(?:ьдесят|идесяти|ьюдесятью)
60 шест(?:ьдесят|идесяти|ьюдесятью) сем(?:ьдесят|идесяти|ьюдесятью) вос(?:емьдесят|ьмидесяти)
90 девяност[оа]
100 ст[оа] двести|двухсот триста|тр[её]хсот четыреста|четыр[её]хсот пят(?:ьсот|исот)
600 шест(?:ьсот|исот) сем(?:ьсот|исот) вос(?:емьсот|ьмисот) девят(?:ьсот|исот)
1000* тысяч(?:а|и|у|ам|ами|ах|ей|ью)?|тыс\\b\\.?
1000000* миллион(?:а|ов|ы|у|ам|ом)?|млн\\b\\.?
1000000000* миллиард(?:а|ов|ы|у|ам|ом)?|млрд\\b\\.?
1000000000000* триллион(?:а|ов|ы|у|ам|ом)?|трлн\\b\\.?
""",
    "uk": """
2 дв(?:а|і|ох|ом|ома)|обидв(?:а|і|ох)|обо(?:є|х) тр(?:и|ьох|ьом|ьома) чотир(?:и|ьох|ьом|ма)
5 п['’ʼ]ят(?:ь|и|ьох|ьма) шіст(?:ь)|шести|шістьох сім|семи|сімох вісім|восьми|вісьмох
9 дев['’ʼ]ят(?:ь|и|ьох)
10 десят(?:ь|и|ьох) одинадцят(?:ь|и|ьох) дванадцят(?:ь|и|ьох) тринадцят(?:ь|и|ьох)
14 чотирнадцят(?:ь|и|ьох) п['’ʼ]ятнадцят(?:ь|и|ьох) шістнадцят(?:ь|и|ьох) сімнадцят(?:ь|и|ьох)
18 вісімнадцят(?:ь|и|ьох) дев['’ʼ]ятнадцят(?:ь|и|ьох)
20 двадцят(?:ь|и|ьох) тридцят(?:ь|и|ьох) сорока? п['’ʼ]ятдесят(?:и|ьох)? шістдесят(?:и|ьох)?
70 сімдесят(?:и|ьох)? вісімдесят(?:и|ьох)? дев['’ʼ]яност[оа]
100 ст[оа] двісті|двохсот триста|трьохсот чотириста|чотирьохсот п['’ʼ]ятсот|п['’ʼ]ятисот
600 шістсот|шестисот сімсот|семисот вісімсот|восьмисот дев['’ʼ]ятсот|дев['’ʼ]ятисот
1000* тисяч(?:а|і|у|ам|ами|ах|ею)?|тис\\b\\.?
1000000* мільйон(?:а|ів|и|у|ам|ом)?|млн\\b\\.?
1000000000* мільярд(?:а|ів|и|у|ам|ом)?|млрд\\b\\.?
1000000000000* трильйон(?:а|ів|и|у|ам|ом)?|трлн\\b\\.?
""",
    "pl": """
2 dw(?:a|ie|aj|óch|óm|oma|iema)|ob(?:a|ie|u|aj|ydwa|ydwie) trz(?:y|ej|ech|em|ema)
4 czter(?:y|ej|ech|em|ema) pięć|pięciu sześć|sześciu siedem|siedmiu osiem|ośmiu dziewięć|dziewięciu
10 dziesięć|dziesięciu jedenaście|jedenastu dwanaście|dwunastu trzynaście|trzynastu
14 czternaście|czternastu piętnaście|piętnastu szesnaście|szesnastu siedemnaście|siedemnastu
18 osiemnaście|osiemnastu dziewiętnaście|dziewiętnastu
20 dwadzieścia|dwudziestu trzydzieści|trzydziestu czterdzieści|czterdziestu
50 pięćdziesiąt|pięćdziesięciu sześćdziesiąt|sześćdziesięciu siedemdziesiąt|siedemdziesięciu
80 osiemdziesiąt|osiemdziesięciu dziewięćdziesiąt|dziewięćdziesięciu
100 sto|stu dwieście|dwustu trzysta|trzystu czterysta|czterystu pięćset|pięciuset
600 sześćset|sześciuset siedemset|siedmiuset osiemset|ośmiuset dziewięćset|dziewięciuset
1000* tysi(?:ąc|ące|ęcy|ąca|ącom|ącach)|tys\\b\\.?
1000000* milion(?:y|ów|a|om|ach)?|mln\\b\\.?
1000000000* miliard(?:y|ów|a|om|ach)?|mld\\b\\.?
""",
    "tr": """
0 sıfır
2 iki üç dört beş altı yedi sekiz dokuz
10 on on\\s?bir on\\s?iki on\\s?üç on\\s?dört on\\s?beş on\\s?altı on\\s?yedi
18 on\\s?sekiz on\\s?dokuz
20 yirmi otuz kırk elli altmış yetmiş seksen doksan
100* yüz(?:lerce)?
1000* bin(?:lerce)?
1000000* milyon(?:larca)?
1000000000* milyar
""",
    "el": """
0 μηδέν
2 δύο|δυο τρ(?:εις|ία|ιών) τέσσερ(?:ις|α|εις)|τεσσάρων πέντε έξι επτά|εφτά οκτώ|οχτώ εννέα|εννιά
10 δέκα έντεκα δώδεκα δεκατρ(?:είς|ία|ιών) δεκατέσσερ(?:ις|α) δεκαπέντε δεκαέξι δεκαεπτά|δεκαεφτά
18 δεκαοκτώ|δεκαοχτώ δεκαεννέα|δεκαεννιά
20 είκοσι τριάντα σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα
100 εκατόν? διακόσι(?:οι|ες|α|ων)|διακοσίων τριακόσι(?:οι|ες|α)|τριακοσίων
400 τετρακόσι(?:οι|ες|α)|τετρακοσίων πεντακόσι(?:οι|ες|α)|πεντακοσίων εξακόσι(?:οι|ες|α)|εξακοσίων
700 (?:επτα|εφτα)κόσι(?:οι|ες|α)|επτακοσίων (?:οκτα|οχτα)κόσι(?:οι|ες|α)|οκτακοσίων
900 εννιακόσι(?:οι|ες|α)|εννιακοσίων
1000* χίλι(?:οι|ες|α)|χιλι(?:άδες|άδων|άδα)
1000000* εκατομμύρι(?:ο|α|ων)|εκατομμυρίων
1000000000* δισεκατομμύρι(?:ο|α)|δισεκατομμυρίων
""",
    "vi": """
0 không
2 hai ba bốn|tư năm|lăm sáu bảy|bẩy tám chín
10 mười mười\\smột mười\\shai mười\\sba mười\\s(?:bốn|tư) mười\\s(?:lăm|năm) mười\\ssáu
17 mười\\s(?:bảy|bẩy) mười\\stám mười\\schín
10* mươi
100* trăm
1000* nghìn|ngàn
1000000* triệu
1000000000* tỷ|tỉ
""",
    "ar": """
2 اثن(?:ان|ين|تان|تين)|إثن(?:ان|ين)|كلا|كلتا|كلي(?:هما)? ثلاثة? أربعة?|اربعة? خمسة? ستة? سبعة?
8 ثماني(?:ة)?|ثمان تسعة?
10 عشرة? (?:أحد|إحدى)\\sعشرة? اثن(?:ا|ي|تا|تي)\\sعشرة?
20 عشر(?:ون|ين) ثلاث(?:ون|ين) [أا]ربع(?:ون|ين) خمس(?:ون|ين) ست(?:ون|ين) سبع(?:ون|ين) ثمان(?:ون|ين)
90 تسع(?:ون|ين)
200 مئت(?:ا|ي|ان|ين)|مائت(?:ا|ي|ان|ين) ثلاث(?:مئة|مائة) [أا]ربع(?:مئة|مائة) خمس(?:مئة|مائة)
600 ست(?:مئة|مائة) سبع(?:مئة|مائة) ثمان(?:ي)?(?:مئة|مائة) تسع(?:مئة|مائة)
2000 [أا]لف(?:ان|ين|ا|ي)
100* مئة|مائة|مئات
1000* [أا]لفا?|[أا]لفًا|آلاف|ألوف
1000000* مليون(?:ا|ًا)?|ملايين
1000000000* مليارا?ت?|بليون
""",
    "hi": """
2 दो|दोनों तीन चार पाँच|पांच छह|छः|छ सात आठ नौ
10 दस ग्यारह बारह तेरह चौदह पंद्रह|पन्द्रह सोलह सत्रह अठारह उन्नीस
20 बीस
25 पच्चीस
30 तीस चालीस पचास साठ सत्तर
75 पचहत्तर
80 अस्सी नब्बे
100* सौ
1000* हज़ार|हजार
100000* लाख
10000000* करोड़
1000000000* अरब
""",
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


def _words_of(table: str) -> Iterator[tuple[int, bool, str]]:
    """Yield each word of a table with its value, and whether it multiplies."""
    for line in table.strip().splitlines():
        number, *words = line.split()
        value, multiplies = int(number.rstrip("*")), number.endswith("*")
        step = 1 if value < 20 or value % 10 else 10 if value < 100 else 100
        for place, word in enumerate(words):
            yield value + place * step, multiplies, word


@cache
def number_words(language: str | None) -> NumberWords | None:
    """Give the number words of a language (BCP 47), or None where there are none."""
    key = primary_subtag(language)
    if key not in _TABLES:
        return None
    # The greater first, since the word of a lesser one may begin it: drei, dreißig.
    words = sorted(_words_of(_TABLES[key]), key=lambda word: word[0], reverse=True)
    one = "|".join(f"({word})" for *_, word in words)
    any_one = "|".join(f"(?:{word})" for *_, word in words)
    before = _BEFORE.get(key, "")
    between = _WRITTEN_TOGETHER.get(key)
    run = any_one if between is None else f"(?:{any_one})(?:{between}(?:{any_one}))*(?:einhalb)?"
    return NumberWords(
        re.compile(rf"(?<!\w){before}(?:{run})(?!\w)", re.IGNORECASE),
        re.compile(one, re.IGNORECASE),
        tuple((value, multiplies) for value, multiplies, _ in words),
        re.compile(_GLUE.get(key, r"\s+"), re.IGNORECASE),
        key in _UNITS_FIRST,
    )
