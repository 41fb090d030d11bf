#include "server/rules/judge.h"
#include "shared/protocol/text.h"
#include "tests/support/test_program.h"
#include "tests/unit/rules/rules_of.h"

#include <QTest>

namespace tst_matches {

using namespace prism::rules;
using namespace prism::test;
using prism::protocol::CheckStatus;
using namespace Qt::StringLiterals;

/// What keywords and patterns find in a text, and where.
class TestMatches : public QObject
{
    Q_OBJECT

private slots:
    void keyword_matchesAsAWordInAnyCase_data()
    {
        QTest::addColumn<QString>("keyword");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("start"); // -1 for nowhere
        const auto row = [](const char* name, const char* keyword, const char* text, int start) {
            QTest::newRow(name) << QString::fromUtf8(keyword) << QString::fromUtf8(text) << start;
        };
        row("alone", "test", "test", 0);
        row("other case", "Test", "a TEST!", 2);
        row("inside a word", "test", "the latest", -1);
        row("beginning of a word", "test", "testing", -1);
        row("inside first, then alone", "test", "latest test", 7);
        row("several words", "drop table", "now DROP TABLE x", 4);
        row("begins with a sign", "--force", "push--force now", 4);
        row("ends before a sign", "force", "force, then", 0);
        row("digit joined", "v2", "v21", -1);
        row("underscore joined", "key", "api_key", -1);
        row("Chinese in the middle", "重试", "请再次重试吧", 3);
        row("Chinese beside letters", "重试", "x重试y", 1);
        row("letters beside Chinese", "api", "调用api失败", 2);
        row("behind a character beyond the first plane", "test", "😀😀 test", 3);
        row("umlaut", "Übung", "eine übung", 5);
    }

    void keyword_matchesAsAWordInAnyCase()
    {
        QFETCH(QString, keyword);
        QFETCH(QString, text);
        QFETCH(int, start);
        const Judgement judgement =
            judged(rulesOf({principle(u"p"_s, u"MANDATORY"_s, keywords({keyword}))}), text);
        QCOMPARE(judgement.matches.size(), start < 0 ? 0U : 1U);
        QCOMPARE(toString(judgement.status), toString(start < 0 ? CheckStatus::Pass : CheckStatus::Warning));
        if (start < 0)
            return;
        const Match& match = judgement.matches.front();
        QCOMPARE(match.start, start);
        QCOMPARE(match.text.compare(keyword, Qt::CaseInsensitive), 0);
        QCOMPARE(match.rule, keyword);
        QVERIFY(match.kind == Match::Kind::Keyword);
    }

    /// The place and the text of a match are those of what was sent.
    void keyword_matchesHoweverItIsWritten_data()
    {
        QTest::addColumn<QString>("keyword");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("start"); // -1 for nowhere
        QTest::addColumn<QString>("matched");
        const auto row = [](const char* name, const QString& keyword, const QString& text, int start,
                            const QString& matched = QString()) {
            QTest::newRow(name) << keyword << text << start << matched;
        };
        row("line break", u"force push"_s, u"please force\npush it"_s, 7, u"force\npush"_s);
        row("line break of Windows", u"force push"_s, u"force\r\npush"_s, 0, u"force\r\npush"_s);
        row("two spaces", u"force push"_s, u"a force  push"_s, 2, u"force  push"_s);
        row("tab", u"force push"_s, u"force\tpush"_s, 0, u"force\tpush"_s);
        row("no-break space", u"force push"_s, u"force\u00a0push"_s, 0, u"force\u00a0push"_s);
        row("ideographic space", u"force push"_s, u"force\u3000push"_s, 0, u"force\u3000push"_s);
        row("indented continuation", u"force push"_s, u"x force \n\t  push"_s, 2, u"force \n\t  push"_s);
        row("spaces in the keyword", u"force \n push"_s, u"force push"_s, 0, u"force push"_s);
        row("no space at all", u"force push"_s, u"forcepush"_s, -1);
        row("behind more white space", u"push"_s, u"a  \n b   push"_s, 9, u"push"_s);
        row("nothing between", u"ab cd"_s, u"ab\u200b cd"_s, 0, u"ab\u200b cd"_s);
        row("zero-width space within", u"force"_s, u"a for\u200bce b"_s, 2, u"for\u200bce"_s);
        row("soft hyphen within", u"deploy"_s, u"de\u00adploy"_s, 0, u"de\u00adploy"_s);
        row("decomposed text", u"\u00dcbung"_s, u"eine u\u0308bung!"_s, 5, u"u\u0308bung"_s);
        row("decomposed keyword", u"U\u0308bung"_s, u"eine \u00fcbung!"_s, 5, u"\u00fcbung"_s);
        row("behind decomposed text", u"test"_s, u"u\u0308u\u0308 test"_s, 5, u"test"_s);
        row("a letter without its mark", u"cafe"_s, u"cafe\u0301"_s, -1);
        row("inside a decomposed word", u"test"_s, u"e\u0301test"_s, -1);
        row("sharp s", u"straße"_s, u"die STRASSE da"_s, 4, u"STRASSE"_s);
        row("two letters for a sharp s", u"strasse"_s, u"die Straße da"_s, 4, u"Straße"_s);
        row("final sigma", u"οδος"_s, u"ΟΔΟΣ"_s, 0, u"ΟΔΟΣ"_s);
        row("Cyrillic", u"удалить"_s, u"УДАЛИТЬ всё"_s, 0, u"УДАЛИТЬ"_s);
        row("Cyrillic inside a word", u"удал"_s, u"удалить"_s, -1);
        row("inside a word beyond the first plane", u"\U00010428"_s, u"\U00010429\U00010400"_s, -1);
        row("alone beyond the first plane", u"\U00010428"_s, u"x \U00010400 y"_s, 2, u"\U00010400"_s);
        row("syllables of parts", u"\ud55c\uae00"_s, u"\u1112\u1161\u11ab\u1100\u1173\u11af"_s, 0,
            u"\u1112\u1161\u11ab\u1100\u1173\u11af"_s);
    }

    void keyword_matchesHoweverItIsWritten()
    {
        QFETCH(const QString, keyword);
        QFETCH(const QString, text);
        QFETCH(const int, start);
        QFETCH(const QString, matched);
        const Judgement judgement =
            judged(rulesOf({principle(u"p"_s, u"MANDATORY"_s, keywords({keyword}))}), text);
        QCOMPARE(judgement.matches.size(), start < 0 ? 0U : 1U);
        if (start < 0)
            return;
        const Match& match = judgement.matches.front();
        QCOMPARE(match.start, start);
        QCOMPARE(match.text, matched);
        QCOMPARE(match.length, prism::protocol::charactersIn(matched));
    }

    /// What is collapsed for keywords is not for patterns, whose fixed parts may be any text.
    void pattern_isFoundBesideWhatKeywordsCollapse_data()
    {
        QTest::addColumn<QString>("regex");
        QTest::addColumn<QString>("text");
        QTest::newRow("line break") << u"force\npush"_s << u"a force\npush"_s;
        QTest::newRow("two spaces") << u"force  push"_s << u"a force  push"_s;
        QTest::newRow("sharp s") << u"straße"_s << u"die straße"_s;
        QTest::newRow("zero-width space") << u"for\u200bce"_s << u"a for\u200bce"_s;
    }

    void pattern_isFoundBesideWhatKeywordsCollapse()
    {
        QFETCH(const QString, regex);
        QFETCH(const QString, text);
        QCOMPARE(
            judged(rulesOf({principle(u"p"_s, u"MANDATORY"_s, pattern(regex, {}))}), text).matches.size(),
            1U);
    }

    /// As keywords are, and the place and the text of a match are those of what was sent.
    void pattern_matchesHoweverItIsComposed_data()
    {
        QTest::addColumn<QString>("regex");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("start"); // -1 for nowhere
        QTest::addColumn<QString>("matched");
        const auto row = [](const char* name, const QString& regex, const QString& text, int start,
                            const QString& matched = QString()) {
            QTest::newRow(name) << regex << text << start << matched;
        };
        row("both composed", u"caf\u00e9"_s, u"ein caf\u00e9 da"_s, 4, u"caf\u00e9"_s);
        row("decomposed text", u"caf\u00e9"_s, u"ein cafe\u0301 da"_s, 4, u"cafe\u0301"_s);
        row("decomposed regex", u"cafe\u0301"_s, u"ein caf\u00e9 da"_s, 4, u"caf\u00e9"_s);
        row("both decomposed", u"cafe\u0301"_s, u"ein cafe\u0301 da"_s, 4, u"cafe\u0301"_s);
        row("any character, composed", u"a.b"_s, u"a\u00e9b"_s, 0, u"a\u00e9b"_s);
        row("any character, decomposed", u"a.b"_s, u"ae\u0301b"_s, 0, u"ae\u0301b"_s);
        row("two characters are not one", u"^a.b$"_s, u"aeeb"_s, -1);
        row("a letter without its mark", u"cafe"_s, u"cafe\u0301"_s, -1);
        row("a class of letters", u"[\u00e0-\u00ef]x"_s, u"-e\u0301x"_s, 1, u"e\u0301x"_s);
        row("behind decomposed text", u"test"_s, u"u\u0308u\u0308 test"_s, 5, u"test"_s);
        row("behind it and beyond the first plane", u"x+"_s, u"\U0001f600e\u0301 xx\U0001f600"_s, 4, u"xx"_s);
        row("a sign beyond the first plane", u"\U0001f600"_s, u"e\u0301\U0001f600"_s, 2, u"\U0001f600"_s);
        row("what composes with nothing", u"x"_s, u"e\u0301x\u0302"_s, 2, u"x"_s);
        row("at the end", u"b$"_s, u"e\u0301b"_s, 2, u"b"_s);
        row("marks in another order", u"\u1ea1\u0301!"_s, u"?a\u0301\u0323!"_s, 1, u"a\u0301\u0323!"_s);
        row("syllables of parts", u"\ud55c\uae00"_s, u"-\u1112\u1161\u11ab\u1100\u1173\u11af-"_s, 1,
            u"\u1112\u1161\u11ab\u1100\u1173\u11af"_s);
    }

    void pattern_matchesHoweverItIsComposed()
    {
        QFETCH(const QString, regex);
        QFETCH(const QString, text);
        QFETCH(const int, start);
        QFETCH(const QString, matched);
        const Judgement judgement =
            judged(rulesOf({principle(u"p"_s, u"MANDATORY"_s, pattern(regex))}), text);
        QCOMPARE(judgement.matches.size(), start < 0 ? 0U : 1U);
        if (start < 0)
            return;
        const Match& match = judgement.matches.front();
        QCOMPARE(match.start, start);
        QCOMPARE(match.text, matched);
        QCOMPARE(match.length, prism::protocol::charactersIn(matched));
    }

    void pattern_tellsItsPlaceInCharacters()
    {
        const RuleSetPtr rules = rulesOf(
            {principle(u"p"_s, u"MANDATORY"_s, pattern(u"(?i)gefahr[0-9]+"_s, {{u"name"_s, u"danger"_s}}))});
        const Judgement judgement = judged(rules, u"😀 回滚 ü GEFAHR42!"_s);
        QCOMPARE(judgement.matches.size(), 1U);
        const Match& match = judgement.matches.front();
        QCOMPARE(match.start, 7);
        QCOMPARE(match.length, 8);
        QCOMPARE(match.text, u"GEFAHR42"_s);
        QCOMPARE(match.rule, u"danger"_s);
        QVERIFY(match.kind == Match::Kind::Pattern);
    }

    /// The search for fixed parts must lose nothing of what the expressions themselves would find.
    void pattern_isFoundWhateverItsFixedParts_data()
    {
        QTest::addColumn<QString>("regex");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* regex, const char* text) {
            QTest::newRow(regex) << QString::fromUtf8(regex) << QString::fromUtf8(text);
        };
        row("delete from", "then delete from x");
        row("DELETE", "then DELETE x");
        row("(?i)ÄRGER", "viel ärger");
        row("(?i)straẞe", "die Straße");
        row("(?i)kelvin", "\u212Aelvin");
        row("(?i)σίσυφος", "ΣΊΣΥΦΟΣ");
        row("(?i)𐐀𐐁", "𐐨𐐩");
        row("𐐀𐐁", "𐐀𐐁");
        row("ſſſ", "ſſſ");
        row("λόγος", "ο λόγος");
        row("ϐϑϰ", "ϐϑϰ");
        row("İİİ", "İİİ");
        row("[0-9]{4}", "in 2026");
        row("(foo|barr) *baz", "barr baz");
        row("回滚.*(生产|线上)", "请回滚全部线上服务");
        row("^git push", "git push");
        row("(?s)begin.*end", "begin\nend");
        row("a|longword", "a");
    }

    void pattern_isFoundWhateverItsFixedParts()
    {
        QFETCH(QString, regex);
        QFETCH(QString, text);
        const RuleSetPtr rules =
            rulesOf({principle(u"p"_s, u"MANDATORY"_s, pattern(regex)),
                     principle(u"other"_s, u"MANDATORY"_s, pattern(u"never to be seen"_s))});
        QCOMPARE(judged(rules, text).matches.size(), 1U);
        QCOMPARE(judged(rules, u"~"_s).matches.size(), 0U);
    }

    void pattern_findsEveryLetterThatHasCases()
    {
        for (char32_t c = 1; c <= 0x1FFFF; ++c) {
            if (QChar::isSurrogate(c) || (QChar::toLower(c) == c && QChar::toUpper(c) == c))
                continue;
            RegexSet regexes;
            const QString letters = QString::fromUcs4(&c, 1).repeated(3);
            QVERIFY(!regexes.add(letters, 1000).problem);
            const QStringList atoms = regexes.compile();
            QCOMPARE(atoms.size(), 1);
            QVERIFY2(foldCase(letters).contains(foldCase(atoms.first())), qPrintable(letters));
        }
    }
};

PRISM_TEST(TestMatches)

} // namespace tst_matches

#include "tst_matches.moc"
