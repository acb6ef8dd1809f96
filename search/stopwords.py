"""Words too common to ask for, and words that only make a question of a question.

`COMMON_WORDS` serves languages for which Lucene has no list, and the database; `QUESTION_WORDS`
are left out of what is asked, never of what is stored: "Wo bekomme ich Kindergeld?" is about
Kindergeld. Lower case, as typed.
"""

from search.normalise import word_form


def _words(text: str) -> list[str]:
    return text.split()


COMMON_WORDS: dict[str, list[str]] = {
    "de": _words("""
        der die das den dem des ein eine einen einem einer eines und oder aber als am an
        auf aus bei bin bis da damit dass dies diese dieser dieses doch du durch er es
        für hat hatte ich ihr im in ins ist ja kann man mein mich mir mit nach nicht
        noch nur ob sein seine sich sie sind so über um uns unser vom von vor war was
        wenn wer wie wir wird zu zum zur
    """),
    "en": _words("""
        a an and are as at be but by can do for from has have i if in into is it its me
        my not of on or our so that the their them then there these they this to was we
        were which will with would you your
    """),
    "fr": _words("""
        à au aux avec ce ces cet cette dans de des du elle elles en est et eux il ils je
        la le les leur leurs lui ma mais me mes mon ne nos notre nous on ou par pas pour
        qui sa se ses son sont sur ta te tes ton tu un une vos votre vous y
    """),
    "uk": _words("""
        а або але б без би був була були було в вже від він вона вони воно все всі да
        для до є ж же з за зі і із її їй їм їх й його коли між мене ми мій моя на над не
        нас наш ні но о ось от по при про та так також там те ти то тобто той тому у це
        цей ці цю ця чи через що щоб як яка який які якщо я
    """),
    "ru": _words("""
        а без бы в вам вас ваш во вот все вы да для до его ее если есть же за здесь и из
        или им их к как ко когда ли мне мой моя мы на над не нет но о об он она они от
        по под при с со так также там то у уже что чтобы это я
    """),
    "ar": _words("""
        في من على إلى عن أن إن هذا هذه ذلك التي الذي الذين ما مع أو ثم لا و كما قد كان
        لم لن هو هي هم أنا نحن أنت بين بعد قبل عند كل
    """),
    "fa": _words("""
        از به در که و را با برای این آن است می یا تا بر هم یک من ما شما او آنها باید شود
        شده
    """),
    "tr": _words("""
        ve veya ile için bir bu şu o da de ki mi mı mu mü ama gibi daha çok en ben biz
        siz onlar olan olarak
    """),
}  # fmt: skip

QUESTION_WORDS: dict[str, list[str]] = {
    "de": _words("""
        was wer wen wem wessen wie wo wohin woher wann warum wieso weshalb wozu womit
        wofür worauf woran wodurch welche welcher welches welchen welchem wieviel
        wieviele gibt geht kann kannst können könnte muss müssen müsste soll sollte
        sollten darf dürfen möchte will wollen wird werden wurde bekomme bekommt
        bekommen erhalte erhält erhalten finde findet finden brauche braucht habe hat
        haben ich man mir mich sich jemand bitte dort hier es um bei
    """),
    "en": _words("""
        what who whom whose which when where why how does do did can could may might
        must shall should will would get gets find need needs want there any some
        someone one happens
    """),
    "fr": _words("""
        quoi que qu qui quel quelle quels quelles quand où comment combien pourquoi
        est-ce est ce peut peuvent puis-je peut-on dois doit faut faire obtenir trouver
        avoir existe t il on lequel laquelle lesquels lesquelles sont-ils sont-elles
    """),
    "tr": _words("""
        ne nasıl nerede nereden nereye kim kime hangi hangisi kaç niçin neden var mı mi
        mu mü
    """),
    "ru": _words("""
        что кто кого кому как где куда откуда когда почему зачем какой какая какое какие
        каких каким сколько можно нужно могу может есть ли
    """),
    "uk": _words("""
        що хто кого кому чим як де куди звідки коли чому навіщо який яка яке які яких
        яким яку якій якою якому якого скільки чи можна можу може можуть потрібно треба
        слід існує існують є отримати знайти
    """),
    "ar": _words("""
        ما ماذا من هل كيف أين متى لماذا كم أي أية التي الذي الذين يمكن يمكنني يمكنك هي
        هو هناك يجب
    """),
    "fa": _words("""
        چه چیست کجا کی چگونه چطور چرا کدام چند آیا می‌توانم باید
    """),
}  # fmt: skip

# What a sentence is built of around what it is about: left out of sentences, never of few words,
# and at home in no list of stop words. Written from the language, then pruned on the train part.
FRAME_WORDS: dict[str, list[str]] = {
    "de": _words("""
        unterschied unterschiede unterschiedlich unterschiedliche art arten möglichkeit
        möglichkeiten möglich genau wichtig wichtige bedeutet bedeuten passiert viele viel
        vielen lange lang oft häufig kontaktieren erreichen machen mache tun tue beantragen
        verwenden bieten bietet anbieten angeboten angebot geben gebe gehen gehe stehen steht
        verfügung verschiedene verschiedenen besondere bestimmte bestimmten speziell speziellen
        nötig notwendig benötige benötigt benötigen zwischen etwas andere anderen einige mehr
        wichtigsten beispiel beispielsweise beachten richtig kommt kommen ganz eigentlich
        außerdem
    """),
    "en": _words("""
        kind kinds type types sort difference differences different many much long possible
        possibly important mean means happen use used offer offers offered available make makes
        making take takes do done doing give given go going know about between specific
        specifically special certain particular required require requires necessary should
        contact touch apply correctly exactly example other others also more most best within
        during ways way options option respectively looking look search like besides able
        located intended want
    """),
    "fr": _words("""
        différence différences différent différents différente différentes type types sorte
        sortes genre possible possibles possibilité possibilités important importante signifie
        passe combien longtemps souvent faire fait font contacter adresser demander utiliser
        offrir offre offerts offertes proposer propose proposés proposées disponible disponibles
        aller prendre donner savoir entre spécifique spécifiques spécial certain certains
        certaine certaines nécessaire nécessaires requis besoin exemple autre autres aussi plus
        meilleur correctement exactement pendant existe-t-il chercher recherche permet
    """),
    "ar": _words("""
        الفرق نوع أنواع مختلفة المختلفة ممكن الممكن المهم مهم يعني تعني يحدث كثير الكثير طويلة
        مدة المدة غالبا الاتصال أتصل التقدم طلب استخدام يقدم تقدم يقدمها تقدمها المقدمة المتاحة
        متاحة متوفرة المتوفرة القيام أفعل فعل عمل أعرف معرفة خاص خاصة محدد محددة معين معينة
        مطلوب المطلوبة اللازمة لازم مثال أخرى آخر أيضا أكثر أفضل بشكل صحيح بالضبط خلال البحث أجد
        العثور الحصول أحصل يتم توجد يوجد تحتاج أحتاج احتاج يتعين عليك علي
    """),
    "uk": _words("""
        різниця відмінність відрізняється тип типи різні різних можливо можливі можливість
        можливості важливо важливий означає відбувається багато довго часто зв'язатися подати
        використовувати пропонує пропонують пропонуються зробити робити дати знати між
        конкретний конкретні спеціальний спеціальні певний певні необхідно необхідні необхідний
        потрібен потрібні потрібна приклад інші інший також більше краще правильно точно
        протягом шукати знайти отримувати мати маю має мають входить бути стосується
    """),
}  # fmt: skip

STOP_WORDS = frozenset(
    word_form(word)
    for words in (*COMMON_WORDS.values(), *QUESTION_WORDS.values())
    for word in words
)
