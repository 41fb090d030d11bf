#include "client/model/record_merge.h"
#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QTest>

namespace tst_record_merge {

using namespace prism;
using model::RecordField;
using model::RecordFields;
using model::RecordMerge;
using Outcome = model::RecordMerge::Outcome;
using Side = model::RecordMerge::Side;

/// Two changes of one record brought together, and what of a record is sent.
class TestRecordMerge : public QObject
{
    Q_OBJECT

private slots:
    void outcome_ofEachField_data();
    void outcome_ofEachField();
    void nobodyChangedTheSame_needsNoChoice();
    void conflict_waitsForAChoice();
    void conflictWithoutAChoice_keepsTheirs();
    void choiceWithoutAConflict_hasNoEffect();
    void changes_nameWhatChangedAlone();
    void changes_ofOnePartOfTheConfig_sendItWhole();
    void changes_canEmptyEverything();
    void recordAndFields_holdTheSame();
    void detail_namesItsField_data();
    void detail_namesItsField();
};

namespace {

RecordFields base()
{
    return {QStringLiteral("name"),         protocol::RecordType::Custom, QStringLiteral("description"),
            {QStringLiteral("violations")}, protocol::Period::Week,       {}};
}

/// With another value than in base(), told apart by `variant`.
RecordFields changed(RecordField field, int variant)
{
    RecordFields other;
    other.name = QStringLiteral("name %1").arg(variant);
    other.type = variant == 1 ? protocol::RecordType::Scheduled : protocol::RecordType::Adhoc;
    other.description = QStringLiteral("description %1").arg(variant);
    other.metrics = {QStringLiteral("metric %1").arg(variant)};
    other.period = variant == 1 ? protocol::Period::Month : protocol::Period::Year;
    other.filters = {{QStringLiteral("project"), variant}};
    RecordFields fields = base();
    fields.take(field, other);
    return fields;
}

} // namespace

void TestRecordMerge::outcome_ofEachField_data()
{
    QTest::addColumn<RecordField>("field");
    for (const RecordField field : model::allRecordFields)
        QTest::addRow("field %d", int(field)) << field;
}

void TestRecordMerge::outcome_ofEachField()
{
    QFETCH(RecordField, field);
    const RecordFields one = changed(field, 1);
    const RecordFields two = changed(field, 2);
    QVERIFY(one != base());
    QVERIFY(one != two);
    QCOMPARE(RecordMerge(base(), base(), base()).outcome(field), Outcome::Unchanged);
    QCOMPARE(RecordMerge(base(), one, one).outcome(field), Outcome::Unchanged);
    QCOMPARE(RecordMerge(base(), one, base()).outcome(field), Outcome::Mine);
    QCOMPARE(RecordMerge(base(), base(), two).outcome(field), Outcome::Theirs);
    QCOMPARE(RecordMerge(base(), one, two).outcome(field), Outcome::Conflict);
    QVERIFY(RecordMerge(base(), one, one).merged() == one);
    QVERIFY(RecordMerge(base(), one, base()).merged() == one);
    QVERIFY(RecordMerge(base(), base(), two).merged() == two);
    RecordMerge conflict(base(), one, two);
    conflict.choose(field, Side::Mine);
    QVERIFY(conflict.merged() == one);
    conflict.choose(field, Side::Theirs);
    QVERIFY(conflict.merged() == two);
}

void TestRecordMerge::nobodyChangedTheSame_needsNoChoice()
{
    const RecordMerge merge(base(), changed(RecordField::Name, 1), changed(RecordField::Period, 2));
    QVERIFY(!merge.hasConflicts());
    QVERIFY(merge.isDecided());
    QCOMPARE(merge.merged().name, QStringLiteral("name 1"));
    QVERIFY(merge.merged().period == protocol::Period::Year);
    QCOMPARE(merge.merged().description, base().description);
}

void TestRecordMerge::conflict_waitsForAChoice()
{
    RecordMerge merge(base(), changed(RecordField::Name, 1), changed(RecordField::Name, 2));
    QVERIFY(merge.hasConflicts());
    QVERIFY(!merge.isDecided());
    QVERIFY(!merge.choice(RecordField::Name));
    merge.choose(RecordField::Name, Side::Mine);
    QVERIFY(merge.isDecided());
    QVERIFY(merge.choice(RecordField::Name) == Side::Mine);
}

void TestRecordMerge::conflictWithoutAChoice_keepsTheirs()
{
    const RecordFields theirs = changed(RecordField::Name, 2);
    QVERIFY(RecordMerge(base(), changed(RecordField::Name, 1), theirs).merged() == theirs);
}

void TestRecordMerge::choiceWithoutAConflict_hasNoEffect()
{
    RecordMerge merge(base(), changed(RecordField::Name, 1), base());
    merge.choose(RecordField::Name, Side::Theirs);
    QVERIFY(!merge.choice(RecordField::Name));
    QCOMPARE(merge.merged().name, QStringLiteral("name 1"));
}

void TestRecordMerge::changes_nameWhatChangedAlone()
{
    QVERIFY(base().changesSince(base()).isEmpty());
    protocol::RecordPatch name;
    name.name = QStringLiteral("name 1");
    QVERIFY(changed(RecordField::Name, 1).changesSince(base()) == name);
    protocol::RecordPatch type;
    type.type = protocol::RecordType::Scheduled;
    QVERIFY(changed(RecordField::Type, 1).changesSince(base()) == type);
}

void TestRecordMerge::changes_ofOnePartOfTheConfig_sendItWhole()
{
    protocol::RecordPatch patch;
    patch.config = protocol::RecordConfig{{QStringLiteral("violations")}, protocol::Period::Month, {}};
    QVERIFY(changed(RecordField::Period, 1).changesSince(base()) == patch);
}

void TestRecordMerge::changes_canEmptyEverything()
{
    RecordFields empty;
    empty.name = base().name;
    protocol::RecordPatch patch;
    patch.description = QString();
    patch.config = protocol::RecordConfig();
    QVERIFY(empty.changesSince(base()) == patch);
    QCOMPARE(protocol::encode(patch), QByteArray(R"({"description":"","config":{}})"));
    QCOMPARE(protocol::encode(empty.draft()), QByteArray(R"({"type":"custom","name":"name"})"));
}

void TestRecordMerge::recordAndFields_holdTheSame()
{
    const protocol::RecordDraft draft = base().draft();
    protocol::Record record;
    record.type = draft.type;
    record.name = draft.name;
    record.description = draft.description;
    record.config = draft.config;
    QVERIFY(RecordFields::of(record) == base());
    QVERIFY(RecordFields::of(protocol::Record()) == RecordFields());
}

void TestRecordMerge::detail_namesItsField_data()
{
    QTest::addColumn<QString>("detail");
    QTest::addColumn<std::optional<RecordField>>("field");
    const auto row = [](const char* detail, std::optional<RecordField> field) {
        QTest::newRow(detail) << QString::fromLatin1(detail) << field;
    };
    row("name: 'x' is taken", RecordField::Name);
    row("type: must be one of custom, scheduled, adhoc", RecordField::Type);
    row("description: has 501 characters", RecordField::Description);
    row("config.metrics: 'x' must be one of", RecordField::Metrics);
    row("config.period: must be one of", RecordField::Period);
    row("config.filters.project: must be a text", RecordField::Filters);
    row("version: is 3, not 2", std::nullopt);
    row("nonsense", std::nullopt);
}

void TestRecordMerge::detail_namesItsField()
{
    QFETCH(QString, detail);
    QFETCH(std::optional<RecordField>, field);
    QVERIFY(model::recordFieldOf(detail) == field);
}

PRISM_TEST(TestRecordMerge)

} // namespace tst_record_merge

#include "tst_record_merge.moc"
