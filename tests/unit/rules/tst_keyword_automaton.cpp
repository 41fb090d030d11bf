#include "server/rules/keyword_automaton.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

namespace tst_keyword_automaton {

using namespace prism::rules;

/// Finding many words at once, compared with looking for each by itself.
class TestKeywordAutomaton : public QObject
{
    Q_OBJECT

    using Hit = std::pair<QString, qsizetype>;

    static QString randomText(QRandomGenerator& random, int length, const QString& letters)
    {
        QString text;
        for (int i = 0; i < length; ++i)
            text.append(letters[random.bounded(int(letters.size()))]);
        return text;
    }

private slots:
    void search_findsWhatLookingForEachWordFinds()
    {
        QRandomGenerator random(7);
        const QString letters = QStringLiteral("ab回滚");
        for (int round = 0; round < 300; ++round) {
            KeywordAutomaton automaton;
            QStringList words;
            for (int i = 0; i < 12; ++i) {
                const QString word = randomText(random, 1 + random.bounded(5), letters);
                const KeywordAutomaton::Word number = automaton.add(word);
                if (number == KeywordAutomaton::Word(words.size()))
                    words.append(word);
                else
                    QCOMPARE(words[number], word);
            }
            automaton.compile();
            const QString text = randomText(random, 60, letters);
            QSet<Hit> expected;
            for (const QString& word : words) {
                for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
                    expected.insert({word, at + word.size()});
            }
            QList<Hit> found;
            QVERIFY(automaton.search(text, [&](KeywordAutomaton::Word word, qsizetype end) {
                found.append({words[word], end});
                return true;
            }));
            QCOMPARE(QSet<Hit>(found.begin(), found.end()), expected);
            QCOMPARE(found.size(), expected.size());
        }
    }

    void search_stopsWhenTold()
    {
        KeywordAutomaton automaton;
        automaton.add(u"a");
        automaton.compile();
        int hits = 0;
        QVERIFY(!automaton.search(u"aaa", [&](KeywordAutomaton::Word, qsizetype) { return ++hits < 2; }));
        QCOMPARE(hits, 2);
    }

    void search_withoutWords_findsNothing()
    {
        KeywordAutomaton automaton;
        automaton.compile();
        QVERIFY(automaton.search(u"anything", [](KeywordAutomaton::Word, qsizetype) { return false; }));
    }

    void foldCase_keepsEveryCharactersPlace()
    {
        QCOMPARE(foldCase(u"Straße ÄΣ"), QStringLiteral("straße äσ"));
        QString all;
        for (char32_t c = 1; c <= 0x10FFFF; ++c) {
            if (!QChar::isSurrogate(c))
                all += QString::fromUcs4(&c, 1);
        }
        QCOMPARE(foldCase(all).size(), all.size());
        QCOMPARE(foldCase(foldCase(all)), foldCase(all));
    }
};

PRISM_TEST(TestKeywordAutomaton)

} // namespace tst_keyword_automaton

#include "tst_keyword_automaton.moc"
