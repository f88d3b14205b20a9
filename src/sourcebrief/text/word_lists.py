"""Lists of words by language: negations, number words, and the endings of inflected words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sourcebrief.text.languages import primary_subtag


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of a language, as regular expressions of whole words in lower case.

    What is an article too (un, ein), or mostly a pronoun (one), counts as no number.
    """

    negations: str
    denials: str
    """Verbs and adverbs that say that something is not, or did not come about."""
    numbers: str
    endings: str
    """Of nouns, adjectives and verbs, the empty one apart; none that makes another word."""


_WORD_LISTS: Final[Mapping[str, WordLists]] = {
    "en": WordLists(
        negations=r"no|not|n't|cannot|never|none|nobody|nothing|nowhere|neither|nor|non|without"
        r"|hardly|scarcely|barely|rarely|seldom",
        denials=r"den(?:y|ies|ied|ying)|(?:refus|declin|oppos|refut|revok|cancel|abandon|suspend|rescind"
        r"|reject|fail|retract|disput)(?:e?s|e?d|l?ed|l?ing|e)?|withdr(?:aws?|ew|awn|awing)"
        r"|false(?:ly)?|wrong(?:ly)?|untrue|falsified|allegedly|supposedly|purportedly",
        numbers=r"zero|nil|half|halves|(?:quarter|third|two|three|four|five|six|seven|eight|nine|ten"
        r"|eleven|twelve|dozen|hundred|thousand|(?:m|b|tr)illion)s?|twice|thrice|first|second"
        r"|(?:thir|four|fif|six|seven|eigh|nine)teen(?:th|s)?"
        r"|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ies|ieths?)"
        r"|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|hundred|thousand|(?:m|b|tr)illion)ths?",
        endings=r"'?s|s'|'|es|e|y|ies|ied|n|en|[bdfglmnprt]?(?:ed|ing)|d|ying",
    ),
    "es": WordLists(
        negations=r"no|nunca|jamás|ning[uú]n(?:[oa]s?)?|nada|nadie|ni|sin|tampoco|apenas",
        denials=r"(?:ne[gi]|rechaz|rehus|cancel|revoc|revoqu|abandon|retir|fracas|desmi?[ei]nt|anul|suspend"
        r"|opus|fall)(?:[aóoe]s?|[ae]n|aron|ieron|aba|aban|ando|iendo|[aei]r|[ai]d[oa]s?|ió|ue|uen)"
        r"|niegan?|fals[oa]s?|falsamente|supuestamente|presuntamente",
        numbers=r"cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce"
        r"|quince|dieci\w+|veint(?:e|i\w+)|(?:tre|cuare|cincue|sese|sete|oche|nove)nta|cien(?:to)?"
        r"|(?:dos|tres|cuatro|seis|sete|ocho|nove)cient[oa]s|quinient[oa]s|mil(?:es)?"
        r"|(?:m|b|tr)ill[oó]n(?:es)?|docenas?|mitad|primer[oa]?s?|segund[oa]s?|tercer[oa]?s?"
        r"|cuart[oa]s?|quint[oa]s?|sext[oa]s?|séptim[oa]s?|octav[oa]s?|noven[oa]s?|décim[oa]s?",
        endings=r"[aoe]s?|s|[ae]?n|[aei]mos|[óéí]|aron|ieron|[aeií]ban?|aban?|ían?|[aei]r|[ai]d[oa]s?"
        r"|i?ando|iendo|[aei]r(?:á|án|ían?)|i?eran?|aran?|ces|z|ón|ones",
    ),
    "fr": WordLists(
        negations=r"non|ne|n'|pas|jamais|aucune?s?|rien|sans|ni|nul(?:le)?s?|guère",
        denials=r"(?:ni|refus|rejet|rejett|annul|révoqu|abandonn|récus|contest|échou|suspend)(?:e|es|ent"
        r"|a|èrent|ait|aient|é|ée|és|ées|er|ant|u|ue|us)|démen(?:t|tent|ti|tie|tir|tait)"
        r"|fau(?:x|sse|sses|ssement)|prétendument|soi-disant",
        numbers=r"zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
        r"|quinze|seize|vingts?|(?:tre|quara|cinqua|soixa)nte|septante|huitante|nonante|cents?"
        r"|mille|(?:m|b|tr)illi(?:on|ard)s?|milliers?|(?:diz|douz|vingt|trent|cent)aines?|moitié"
        r"|tiers|quarts?|premi(?:er|ère)s?|second(?:e|es|s)?|\w+ièmes?",
        endings=r"s|x|e|es|e?nt|ai[st]|aient|a|ée?s?|er|ants?|ons|ez|er(?:a|ont|aient|ait)"
        r"|i[ert]?|ies|is|issent|issant|ira|iront|re|u[est]?|ues|al|aux|el|elles?|eux|euses?",
    ),
    "de": WordLists(
        negations=r"nein|nicht|nichts|nie|niemals|niemand(?:e[mns])?|kein(?:e[mnrs]?)?|ohne|weder"
        r"|nirgends|kein(?:es|en)falls|keineswegs|kaum",
        denials=r"(?:be)?strit(?:t|ten)|(?:be|ab)?streite[nt]|leugne(?:n|t|te|ten)|geleugnet"
        r"|(?:ver)?weiger(?:n|t|te|ten)|(?:ab|zurück)ge(?:lehnt|wiesen|zogen|sagt|brochen)|lehn(?:t|te|ten)"
        r"|abzulehnen|ablehn(?:en|t|te|ten)|widerruf(?:en|t)|widerrief(?:en)?|dementier(?:en|t|te|ten)"
        r"|scheiter(?:n|t|te|ten)|gescheitert|(?:falsch|fälschlich|angeblich|vermeintlich)(?:e[mnrs]?)?",
        numbers=r"null|(?:ein|und)*(?:(?:zwei|zwo|drei|vier|fünf|sechs?|sieb(?:en)?|acht|neun|zehn|elf"
        r"|zwölf|zwan|hundert|tausend)(?:zig|ßig|und|ein|s)?)+(?:s?te[mnrs]?|en?|mal)?|million(?:en)?"
        r"|milliarden?|dutzend|hälften?|drittel|viertel|(?:ers|drit)te[mnrs]?",
        endings=r"e|e[nrsm]|n|s|st|t|te(?:n|st|t)?|et|ete(?:n|st|t)?|ende?[mnrs]?",
    ),
    "pt": WordLists(
        negations=r"não|nunca|jamais|nenhum(?:as?)?|nenhuns|nada|ninguém|nem|sem|tampouco",
        denials=r"(?:neg|recus|rejeit|cancel|revog|abandon|retir|fracass|desment|anul|suspend|falh)(?:a|am|ou"
        r"|aram|ava|avam|ado|ada|ados|adas|ar|ando|e|em|eu|eram|ido|ida|iu|iram)|fals[oa]s?"
        r"|falsamente|supostamente|alegadamente",
        numbers=r"zero|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze"
        r"|quatorze|catorze|quinze|dez[ae]\w+|dezoito|vinte|trinta|(?:quar|cinqu|sess|set|oit|nov)enta"
        r"|cem|cento|(?:duz|trez)ent[oa]s|(?:quatro|seis|sete|oito|nove)cent[oa]s|quinhent[oa]s|mil"
        r"|milhar(?:es)?|(?:m|b|tr)ilh(?:ão|ões)|dúzias?|metade|primeir[oa]s?|segund(?:as?|os)"
        r"|terç[oa]s?|terceir[oa]s?|quart[oa]s?|quint[oa]s?|sext[oa]s?|sétim[oa]s?|oitav[oa]s?"
        r"|non[oa]s?|décim[oa]s?",
        endings=r"[aoe]s?|s|[ae]m|[aei]mos|[eio]u|[aei]ram|[aei]r|[ai]d[oa]s?|[aei]ndo|avam?|iam?"
        r"|[aei]r(?:á|ão|ia|iam)|ão|ões|ães|m|ns|l|is",
    ),
    "it": WordLists(
        negations=r"non|no|mai|nessun(?:[oa])?|niente|nulla|né|senza|neanche|nemmeno|neppure|mica",
        denials=r"(?:neg|rifiut|rigett|respin|annull|revoc|abbandon|ritir|fall|sospe|smenti?)(?:a|ano|ò|arono"
        r"|ava|avano|at[oaie]|are|ando|ge|gono|se|sero|t[oaie]|sc[eo]|scono|sce|ì|irono|ito|so|sa)"
        r"|fals[oaie]|falsamente|presunt[oaie]|presumibilmente",
        numbers=r"zero|(?:due|tre|quattro|cinque|sei|sette|otto|nove|dieci)?(?:cento|mila)?|undici"
        r"|dodici|tredici|quattordici|quindici|sedici|dicia(?:ss|nn)\w+|diciotto|mille"
        r"|(?:vent|(?:tre|quara|cinqua|sessa|setta|otta|nova)nt)(?:[ai]\w*|uno|otto)"
        r"|mili(?:one|oni|ardo|ardi)|dozzin[ae]|metà|prim[oaie]|second[aie]|terz[oaie]|quart[oaie]"
        r"|quint[oaie]|sest[oaie]|settim[oaie]|ottav[oaie]|non[oaie]|decim[oaie]|\w+esim[oaie]",
        endings=r"[oaie]|h[ie]|[òèì]|[aeio]no|[aeiu]t[oaie]|[aei]re|[ae]ndo|[aei]van?o?|[ei]rà"
        r"|[ei]ranno|isc[eo]|iscono|[ei]rebbe(?:ro)?",
    ),
}


LISTED: Final = tuple(_WORD_LISTS)
"""The languages that have lists."""


def word_lists(language: str | None) -> WordLists | None:
    """Give the lists of a language (BCP 47), or None where there are none."""
    return _WORD_LISTS.get(primary_subtag(language))
