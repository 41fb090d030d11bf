#include "server/service/entries.h"
#include "server/service/once.h"
#include "server/service/records.h"
#include "server/service/rules.h"
#include "tests/support/test_program.h"
#include "tests/unit/service/service_test.h"

namespace tst_service_once {

using namespace prism;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::ErrorCode;
using service::Asking;
using service::NewRecord;
using service::Records;
using service::Repeatable;
using service::WrittenRecord;

namespace {

NewRecord recordNamed(const QString& name)
{
    protocol::RecordDraft draft;
    draft.name = name;
    return NewRecord::of(draft);
}

Asking asking(const QString& id, const QByteArray& content = "content")
{
    return {id, Repeatable{"key", content, 1h}};
}

} // namespace

/// Requests whose answers got lost, and which are sent again.
class TestServiceOnce : public QObject, protected test::ServiceTest
{
    Q_OBJECT

    auto create(const Asking& asked, const NewRecord& record)
    {
        return commit<service::Told<WrittenRecord>>([asked, record](store::Transaction& transaction) {
            return service::once<WrittenRecord>(transaction, asked,
                                                [&] { return Records::create(transaction, {}, record); });
        });
    }

private slots:
    void init() { open(); }

    void cleanup() { close(); }

    void repetition_isToldWhatCameOfTheFirstAndWritesNothing()
    {
        const auto first = create(asking(u"first"_s), recordNamed(u"a"_s));
        QVERIFY(first.has_value() && first->outcome);
        takeAnnounced();
        const auto again = create(asking(u"again"_s), recordNamed(u"a"_s));
        QVERIFY(again.has_value() && again->outcome);
        QCOMPARE(again->outcome->id, first->outcome->id);
        QCOMPARE(again->outcome->json, first->outcome->json);
        QCOMPARE(again->outcome->version, 1);
        QCOMPARE(again->requestId, u"first"_s);
        QCOMPARE(again->at, first->at);
        QCOMPARE(count("records"), 1);
        QCOMPARE(takeAnnounced(), QStringList());
    }

    void otherRequestUnderTheKey_isNotCarriedOut()
    {
        QVERIFY(create(asking(u"first"_s), recordNamed(u"a"_s)).has_value());
        const auto other = create(asking(u"other"_s, "other content"), recordNamed(u"b"_s));
        QVERIFY(other.has_value() && !other->outcome);
        QCOMPARE(other->requestId, u"other"_s);
        QCOMPARE(count("records"), 1);
    }

    void refusal_isNotRemembered()
    {
        const QString taken = carryOut(Records::create, recordNamed(u"a"_s))->id;
        QCOMPARE(create(asking(u"first"_s), recordNamed(u"a"_s)).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(count("outcomes"), 0);
        QVERIFY(carryOut(Records::remove, service::RecordRemoval{taken}).has_value());
        QVERIFY(create(asking(u"again"_s), recordNamed(u"a"_s)).has_value());
    }

    void outcomeThatCannotBeRead_isNotWrittenTwice()
    {
        const auto remembered = commit<bool>([](store::Transaction& transaction) -> protocol::Result<bool> {
            PRISM_TRY(transaction.outcomes().remember("key", {"content", QByteArray()}, protocol::now()));
            return true;
        });
        QVERIFY(remembered.has_value());
        QCOMPARE(create(asking(u"again"_s), recordNamed(u"a"_s)).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(count("records"), 0);
    }

    void outcome_comesBackFieldByField()
    {
        for (const std::optional<qint64> restoredFrom : {std::optional<qint64>(), std::optional<qint64>(5)}) {
            const service::AdoptedRules before{{7, protocol::fromMillis(1234), 2, restoredFrom, "{}"}};
            service::AdoptedRules after;
            QVERIFY(service::unpackFields(service::packFields(service::AdoptedRules::fields(before)),
                                          service::AdoptedRules::fields(after)));
            QCOMPARE(after.stored.version, 7);
            QCOMPARE(after.stored.createdAt, protocol::fromMillis(1234));
            QCOMPARE(after.stored.principles, 2);
            QCOMPARE(after.stored.restoredFrom, restoredFrom);
            QCOMPARE(after.stored.document, QByteArray("{}"));
        }
    }

    void otherBytes_areNoOutcome()
    {
        const WrittenRecord record{u"id"_s, 1, "{}"};
        const QByteArray good = service::packFields(WrittenRecord::fields(record));
        WrittenRecord read;
        QVERIFY(!service::unpackFields(good.chopped(1), WrittenRecord::fields(read)));
        QByteArray otherFormat = good;
        otherFormat[0] = char(service::outcomeFormat + 1);
        QVERIFY(!service::unpackFields(otherFormat, WrittenRecord::fields(read)));
        QVERIFY(!service::unpackFields(good + '\0', WrittenRecord::fields(read)));
        QVERIFY(service::unpackFields(good, WrittenRecord::fields(read)));
        QCOMPARE(read.id, u"id"_s);
    }

    /// As when one entry is sent as an object first and as a line of NDJSON then.
    void outcomeOfAnotherKind_isNone()
    {
        service::StoredEntry one{true, R"({"id":"a"})"};
        service::StoredEntries many{1, 1};
        const QByteArray ofOne = service::packFields(service::StoredEntry::fields(one));
        const QByteArray ofMany = service::packFields(service::StoredEntries::fields(many));
        QVERIFY(!service::unpackFields(ofMany, service::StoredEntry::fields(one)));
        QVERIFY(!service::unpackFields(ofOne, service::StoredEntries::fields(many)));
    }
};

PRISM_TEST(TestServiceOnce)

} // namespace tst_service_once

#include "tst_service_once.moc"
