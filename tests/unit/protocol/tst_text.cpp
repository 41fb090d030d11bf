#include "shared/protocol/json_reader.h"
#include "shared/protocol/text.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_text {

using namespace prism::protocol;
using namespace Qt::StringLiterals;

/// What two texts are one, how long a text is, and whether there is anything to be seen of it.
class TextTest : public QObject
{
    Q_OBJECT

private slots:
    void length_countsCodePoints()
    {
        QCOMPARE(charactersIn(u""), 0);
        QCOMPARE(charactersIn(u"abc"), 3);
        QCOMPARE(charactersIn(u"äé"), 2);
        QCOMPARE(charactersIn(QString(u"😀"_s).repeated(60)), 60);
        QCOMPARE(charactersIn(u"a😀b"), 3);
        const QChar halves[] = {QChar(0xDC00), QChar(0xD800), QChar(0xD800)};
        QCOMPARE(charactersIn(QStringView(halves)), 3);
    }

    void firstCharacters_cutNoneInTwo()
    {
        QCOMPARE(firstCharacters(u"a😀b😀"_s, 2), u"a😀"_s);
        QCOMPARE(firstCharacters(u"a😀b"_s, 3), u"a😀b"_s);
        QCOMPARE(firstCharacters(u"a😀b"_s, 9), u"a😀b"_s);
        QCOMPARE(firstCharacters(u"abc"_s, 0), QString());
    }

    void cleaned_isComposedAndWithoutSpacesAround_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << u"plain"_s << u"plain"_s;
        QTest::newRow("composed") << u"Caf\u00e9"_s << u"Caf\u00e9"_s;
        QTest::newRow("decomposed") << u"Cafe\u0301"_s << u"Caf\u00e9"_s;
        QTest::newRow("two marks in either order") << u"a\u0301\u0323"_s << u"\u1ea1\u0301"_s;
        QTest::newRow("syllable") << u"\u1112\u1161\u11ab"_s << u"\ud55c"_s;
        QTest::newRow("Angstrom sign") << u"\u212b"_s << u"\u00c5"_s;
        QTest::newRow("spaces of all kinds")
            << u"\u0009\u000a\u000b\u000c\u000d\u0020\u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000x\u3000 "_s
            << u"x"_s;
        QTest::newRow("byte order mark stays") << u"\ufeffx"_s << u"\ufeffx"_s;
        QTest::newRow("spaces within stay") << u" a \u00a0 b "_s << u"a \u00a0 b"_s;
        QTest::newRow("joined emoji stay") << u"👩\u200d💻"_s << u"👩\u200d💻"_s;
    }

    void cleaned_isComposedAndWithoutSpacesAround()
    {
        QFETCH(const QString, given);
        QFETCH(const QString, expected);
        QCOMPARE(cleaned(given), expected);
        QCOMPARE(cleaned(cleaned(given)), expected);
    }

    void composing_isAsUnicodeHasIt_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* word :
             {"e\u0301 ", "한국어 조선 ", "o\u0308x", "\u0928\u093c ", "🙂 ", "a\u0323\u0307", "Å"}) {
            for (const int count : {1, 40, 600, 3000})
                QTest::addRow("%s %d", word, count) << QString::fromUtf8(word).repeated(count);
        }
        QTest::newRow("parts of syllables") << u"\u1112\u1161\u11ab"_s.repeated(2000);
        QTest::newRow("thirty marks") << u'a' + u"\u0301\u0316"_s.repeated(15);
    }

    void composing_isAsUnicodeHasIt()
    {
        QFETCH(const QString, text);
        QCOMPARE(composed(text), text.normalized(QString::NormalizationForm_C));
        QCOMPARE(decomposed(text), text.normalized(QString::NormalizationForm_D));
    }

    /// Put into order by comparing each with each, this would take minutes.
    void marksWithoutEnd_takeNoTime()
    {
        const QString text = u'a' + QString(200'000, QChar(0x0301)) + QString(200'000, QChar(0x0316));
        QCOMPARE(composed(text).size(), text.size() - 1); // the first mark has joined its letter
        QVERIFY(!folded(text).isEmpty());
        const QJsonObject json{{u"name"_s, text}};
        Problems problems;
        ObjectReader(json, problems).text("name"_L1, Presence::Required, 100);
        QVERIFY(!problems.isEmpty());
    }

    void blank_isWhatShowsNothing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("blank");
        const auto row = [](const char* name, const QString& text, bool blank) {
            QTest::newRow(name) << text << blank;
        };
        row("nothing", u""_s, true);
        row("spaces", u" \u00a0\u3000\t"_s, true);
        row("zero-width spaces", u"\u200b\u200b"_s, true);
        row("joiners", u"\u200c\u200d\u2060"_s, true);
        row("directional marks", u"\u200e\u200f\u202a\u202e\u2066\u2069\u061c"_s, true);
        row("soft hyphen", u"\u00ad"_s, true);
        row("byte order mark", u"\ufeff"_s, true);
        row("grapheme joiner", u"\u034f"_s, true);
        row("Hangul fillers", u"\u115f\u1160\u3164\uffa0"_s, true);
        row("variation selectors", u"\ufe00\ufe0f\U000e0100"_s, true);
        row("tags", u"\U000e0041\U000e007f"_s, true);
        row("Braille without dots", u"\u2800"_s, true);
        row("Mongolian separators", u"\u180b\u180e"_s, true);
        row("control characters", u"\u0001\u001b\u007f\u0090"_s, true);
        row("half a pair at the end", QString(u'\u200b') + QChar(0xD83D), false);
        row("half a pair before a tag", QString(QChar(0xD83D)) + u"\U000e0041"_s, false);
        row("a letter among them", u"\u200bx\u200b"_s, false);
        row("an emoji", u"😀"_s, false);
        row("a mark alone", u"\u0301"_s, false);
        row("a point", u"."_s, false);
        row("Braille with a dot", u"\u2801"_s, false);
    }

    void blank_isWhatShowsNothing()
    {
        QFETCH(const QString, text);
        QFETCH(const bool, blank);
        QCOMPARE(isBlank(text), blank);
    }

    void folded_isTheSameForWhatIsSearchedAlike_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("ASCII") << u"Alpha"_s << u"aLPHA"_s;
        QTest::newRow("umlaut") << u"Ärzte"_s << u"ärzte"_s;
        QTest::newRow("decomposed capital") << u"A\u0308rzte"_s << u"ärzte"_s;
        QTest::newRow("sharp s") << u"Straße"_s << u"STRASSE"_s;
        QTest::newRow("capital sharp s") << u"\u1e9e"_s << u"ss"_s;
        QTest::newRow("ligature") << u"\ufb03x"_s << u"FFIX"_s;
        QTest::newRow("final sigma") << u"ΟΔΟΣ"_s << u"οδος"_s;
        QTest::newRow("Cyrillic") << u"ОТЧЁТ"_s << u"отчёт"_s;
        QTest::newRow("Kelvin sign") << u"\u212a"_s << u"k"_s;
        QTest::newRow("beyond the first plane") << u"\U00010400"_s << u"\U00010428"_s;
        QTest::newRow("mark that folds to a letter") << u"\u1fb3"_s << u"\u03b1\u0345"_s;
    }

    void folded_isTheSameForWhatIsSearchedAlike()
    {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        QCOMPARE(folded(one), folded(other));
        QCOMPARE(folded(folded(one)), folded(one));
    }

    void folded_keepsApartWhatDiffers()
    {
        QVERIFY(folded(u"cafe"_s) != folded(u"café"_s));
        QVERIFY(folded(u"ı"_s) != folded(u"i"_s));
    }

    /// At the limit and one over, in one, two and four bytes of UTF-8.
    void limit_isOneOfCharacters_data()
    {
        QTest::addColumn<QString>("character");
        QTest::newRow("ASCII") << u"x"_s;
        QTest::newRow("letter") << u"ä"_s;
        QTest::newRow("ideograph") << u"質"_s;
        QTest::newRow("emoji") << u"😀"_s;
        QTest::newRow("decomposed") << u"e\u0301"_s;
    }

    void limit_isOneOfCharacters()
    {
        QFETCH(const QString, character);
        constexpr int limit = 60;
        for (const bool isInList : {false, true}) {
            const auto read = [&](int count) {
                const QString text = character.repeated(count);
                const QJsonObject object{
                    {u"a"_s, isInList ? QJsonValue(QJsonArray{text}) : QJsonValue(text)}};
                Problems problems;
                ObjectReader reader(object, problems);
                if (isInList)
                    reader.texts("a"_L1, Presence::Required, 1, limit);
                else
                    reader.text("a"_L1, Presence::Required, limit);
                return problems.toError(QString()).details.join(u"; "_s);
            };
            QCOMPARE(read(limit), QString());
            QVERIFY2(read(limit + 1).endsWith(u"has 61 characters, at most 60 are allowed"_s),
                     qPrintable(read(limit + 1)));
        }
    }

    /// What is asked for without the scan in front, as the window does.
    void text_thatCannotBeKept_isRefusedInAnyField_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("NUL") << QString(u"a%1b"_s.arg(QChar(0)));
        QTest::newRow("NUL alone") << QString(QChar(0));
        QTest::newRow("half a pair") << QString(QChar(0xD800));
        QTest::newRow("other half") << u"a"_s + QChar(0xDFFF);
    }

    void text_thatCannotBeKept_isRefusedInAnyField()
    {
        QFETCH(const QString, text);
        const QJsonObject object{{u"a"_s, text}, {u"l"_s, QJsonArray{u"good"_s, text}}};
        Problems problems;
        ObjectReader reader(object, problems);
        QVERIFY(!reader.text("a"_L1, Presence::Optional, 100).has_value());
        QCOMPARE(reader.texts("l"_L1, Presence::Optional, 10, 100), QStringList{u"good"_s});
        QCOMPARE(problems.toError(QString()).code, ErrorCode::BadFormat);
        QCOMPARE(problems.toError(QString()).details.size(), 2);
    }

    void wholeNumber_keepsItsDigits_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<std::optional<qint64>>("expected");
        const auto row = [](const char* name, const QJsonValue& value, std::optional<qint64> expected) {
            QTest::newRow(name) << value << expected;
        };
        row("one", 1, 1);
        row("two", 2, 2);
        row("zero", 0, 0);
        row("largest", std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max());
        row("smallest", std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::min());
        row("beyond a double's digits", qint64(3791411052119578828), 3791411052119578828);
        row("whole double", 2000.0, 2000);
        row("fraction", 1.5, {});
        row("two and a half", 2.5, {});
        row("too large a double", 1e19, {});
        row("text", u"1"_s, {});
        row("null", QJsonValue::Null, {});
    }

    void wholeNumber_keepsItsDigits()
    {
        QFETCH(const QJsonValue, value);
        QFETCH(const std::optional<qint64>, expected);
        QCOMPARE(wholeNumberOf(value), expected);
    }

    void integer_isTakenAtItsBounds()
    {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        for (const auto& [min, max] :
             {std::pair<qint64, qint64>(-3, 7), {most - 1, most}, {-most - 1, -most}}) {
            const auto read = [min = min, max = max](const QJsonValue& value) {
                Problems problems;
                ObjectReader reader({{u"n"_s, value}}, problems);
                return reader.integer("n"_L1, Presence::Required, min, max);
            };
            QCOMPARE(read(min), std::optional(min));
            QCOMPARE(read(max), std::optional(max));
            if (max < most)
                QVERIFY(!read(max + 1).has_value());
            if (min > -most - 1)
                QVERIFY(!read(min - 1).has_value());
        }
    }
};

PRISM_APPLESS_TEST(TextTest)

} // namespace tst_text

#include "tst_text.moc"
