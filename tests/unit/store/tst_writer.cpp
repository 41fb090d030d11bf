#include "server/service/change.h"
#include "server/store/migrations.h"
#include "server/store/sqlite/database.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "server/store/writing/writer.h"
#include "shared/protocol/try.h"
#include "tests/support/test_program.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

namespace tst_writer {

using namespace prism::store;
using namespace prism::protocol;
using prism::store::Error;
using prism::store::ErrorCode;
using prism::store::Failure;
using prism::store::Result;

namespace {

/// Notes all that it is told.
class Notes : public CommitSink
{
public:
    std::vector<Commit> commits;
    std::vector<StoredEvent> published;
    int publications = 0;
    int settlings = 0;

    void committed(const Commit& commit) override { commits.push_back(commit); }

    void publish(const std::vector<StoredEvent>& events) override
    {
        ++publications;
        published.insert(published.end(), events.begin(), events.end());
    }

    void settled() override { ++settlings; }
};

/// Notes in which order it is told.
class Order : public CommitSink
{
public:
    QStringList calls;

    void committed(const Commit&) override { calls << QStringLiteral("committed"); }
    void publish(const std::vector<StoredEvent>&) override { calls << QStringLiteral("published"); }
    void settled() override { calls << QStringLiteral("settled"); }
};

/// Gives up a transaction at a test's word, as SQLite does by itself when the disk is full.
class LosingDatabase : public sqlite::Database
{
public:
    using Database::Database;

    Result<std::unique_ptr<WriteConnection>> openWriter() const override
    {
        auto connection = Database::openWriter();
        m_writer = connection ? connection->get() : nullptr;
        return connection;
    }

    /// For the writer's thread.
    void loseTransaction() { (void)m_writer->execute("ROLLBACK"); }

private:
    mutable WriteConnection* m_writer = nullptr;
};

/// So many slices, beside each of which something happens.
class SomeSlices : public Slices
{
public:
    explicit SomeSlices(int count)
        : m_count(count)
    {
    }

    bool areDone() const override { return done == m_count; }
    void writeNext(Transaction& transaction) override
    {
        beside();
        transaction.whenCommitted([this] { ++done; });
    }

    int done = 0;
    std::function<void()> beside;

private:
    const int m_count;
};

} // namespace

class WriterTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::optional<LosingDatabase> m_database;
    std::unique_ptr<Notes> m_notes;

    static Result<QString> createRecord(Transaction& transaction, const QString& name)
    {
        RecordDraft draft;
        draft.name = name;
        const EncodedRecord record = makeRecord(draft, std::chrono::system_clock::now());
        if (const auto inserted = transaction.records().insert(record); !inserted)
            return Failure(inserted.error());
        PRISM_TRY(prism::service::Change(transaction, {})
                      .announce(event_type::recordCreated, QString(), record.json, now()));
        return name;
    }

    QStringList storedNames() const
    {
        const auto database = sqlite::ReadConnection::open(m_file);
        auto rows = (*database)->select("SELECT name FROM records ORDER BY name");
        QStringList names;
        while (rows->next())
            names << rows->text(0);
        return names;
    }

    std::vector<Seq> publishedSeqs() const
    {
        std::vector<Seq> seqs;
        for (const StoredEvent& event : m_notes->published)
            seqs.push_back(event.seq);
        return seqs;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("t.db"));
        m_database.emplace(m_file);
        m_notes = std::make_unique<Notes>();
        const auto database = sqlite::WriteConnection::open(m_file);
        QVERIFY(migrate(**database).has_value());
    }

    void queuedWrites_areOneGroup()
    {
        WriteQueue queue({100, 1000, 1000});
        QStringList acknowledged;
        for (const char* name : {"a", "b", "c"})
            queue.submit<QString>(
                [name](Transaction& transaction) {
                    return createRecord(transaction, QString::fromLatin1(name));
                },
                [&](const Result<QString>& answer) {
                    acknowledged << answer.value_or(QStringLiteral("refused"));
                });
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(m_notes->publications, 1);
        QCOMPARE(acknowledged, (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(publishedSeqs(), (std::vector<Seq>{1, 2, 3}));
        QCOMPARE(storedNames(), acknowledged);
    }

    void eachGroup_isObservedBeforeItIsAcknowledged()
    {
        WriteQueue queue({100, 1000, 1000});
        const std::vector<Commit>& commits = m_notes->commits;
        std::vector<std::size_t> commitsAtAnswer;
        const auto note = [&](const Result<QString>&) { commitsAtAnswer.push_back(commits.size()); };
        for (const char* name : {"a", "a", "b"})
            queue.submit<QString>(
                [name](Transaction& t) { return createRecord(t, QString::fromLatin1(name)); }, note,
                {1, 2, 30});
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(commits.size(), 1U);
        QVERIFY(commits[0].succeeded);
        QCOMPARE(commits[0].weight.jobs, 3U);
        QCOMPARE(commits[0].weight.rows, 6U);
        QCOMPARE(commits[0].weight.bytes, 90U);
        QCOMPARE(commits[0].events, 2U);
        QVERIFY(commits[0].duration.count() > 0);
        QCOMPARE(commitsAtAnswer, (std::vector<std::size_t>{1, 1, 1}));
    }

    void whatIsToHold_doesBeforeAnybodyHearsOfIt()
    {
        WriteQueue queue({100, 1000, 1000});
        Order sink;
        QStringList& order = sink.calls;
        const auto note = [&](const Result<QString>& answer) {
            order << answer.value_or(QStringLiteral("refused"));
        };
        const auto write = [&](Transaction& transaction, const char* name) {
            const QString text = QString::fromLatin1(name);
            auto created = createRecord(transaction, text);
            transaction.whenCommitted([&order, text] { order << text + QStringLiteral(" holds"); });
            return created;
        };
        queue.submit<QString>([&](Transaction& t) { return write(t, "a"); }, note);
        queue.submit<QString>(
            [&](Transaction& t) -> Result<QString> {
                (void)write(t, "half");
                return Failure(Error{ErrorCode::Validation, QStringLiteral("changed my mind"), {}});
            },
            note);
        queue.submit<QString>([&](Transaction& t) { return write(t, "b"); }, note);
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), sink);
        }
        QCOMPARE(order.join(QStringLiteral(", ")),
                 QStringLiteral("committed, a holds, b holds, published, a, refused, b, settled"));
    }

    void whatComesBetweenSlices_isCommittedBeforeTheWriteItself()
    {
        WriteQueue queue({100, 1000, 1000});
        QStringList acknowledged;
        QSemaphore answers;
        const auto submit = [&](const QString& name, std::shared_ptr<Slices> slices = nullptr) {
            queue.submit<QString>([name](Transaction& t) { return createRecord(t, name); },
                                  [&](const Result<QString>& answer) {
                                      acknowledged << answer.value_or(QStringLiteral("refused"));
                                      answers.release();
                                  },
                                  {}, std::move(slices));
        };
        const auto slices = std::make_shared<SomeSlices>(3);
        slices->beside = [&] { submit(QStringLiteral("small %1").arg(slices->done)); };
        submit(QStringLiteral("large"), slices);
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
            QVERIFY(answers.tryAcquire(4, 10'000));
        }
        QCOMPARE(acknowledged.join(u','), QStringLiteral("small 0,small 1,small 2,large"));
        QCOMPARE(m_notes->commits.size(), 4U);
        QCOMPARE(m_notes->commits.front().weight.jobs, 0U);
        QCOMPARE(queue.level().waiting.jobs, 0U);
    }

    void sliceThatDoesNotReachTheDisk_isTheEndOfItsWrite()
    {
        WriteQueue queue({100, 1000, 1000});
        QList<bool> acknowledged;
        const auto slices = std::make_shared<SomeSlices>(3);
        slices->beside = [this] { m_database->loseTransaction(); };
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("large")); },
                              [&](const Result<QString>& answer) { acknowledged << answer.has_value(); }, {},
                              slices);
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(acknowledged, QList<bool>{false});
        QCOMPARE(slices->done, 0);
        QCOMPARE(queue.level().waiting.jobs, 0U);
        QVERIFY(storedNames().isEmpty());
    }

    void refusedWrite_isUndoneAloneAndLeavesNoGap()
    {
        WriteQueue queue({100, 1000, 1000});
        QList<bool> acknowledged;
        const auto note = [&](const Result<QString>& answer) { acknowledged << answer.has_value(); };
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("a")); }, note);
        queue.submit<QString>(
            [](Transaction& t) -> Result<QString> {
                (void)createRecord(t, QStringLiteral("half"));
                (void)createRecord(t, QStringLiteral("done"));
                return Failure(Error{ErrorCode::Validation, QStringLiteral("changed my mind"), {}});
            },
            note);
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("b")); }, note);
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(acknowledged, (QList<bool>{true, false, true}));
        QCOMPARE(storedNames(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(publishedSeqs(), (std::vector<Seq>{1, 2}));
    }

    void acknowledgement_comesAfterTheCommit()
    {
        WriteQueue queue({100, 1000, 1000});
        QStringList seenByAnother;
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("a")); },
                              [&](const Result<QString>&) { seenByAnother = storedNames(); });
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(seenByAnother, QStringList(QStringLiteral("a")));
    }

    void groupThatCannotCommit_isRefusedWholeAndTheNextGoesThrough()
    {
        WriteQueue queue({100, 1000, 1000});
        auto writer = std::make_unique<const Writer>(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        QSemaphore answered;
        std::vector<Result<QString>> answers;
        const auto note = [&](const Result<QString>& answer) {
            answers.push_back(answer);
            answered.release();
        };
        queue.submit<QString>(
            [this](Transaction& t) -> Result<QString> {
                auto created = createRecord(t, QStringLiteral("lost"));
                // What SQLite does by itself when the disk is full: the whole transaction is gone.
                m_database->loseTransaction();
                return created;
            },
            note);
        QVERIFY(answered.tryAcquire(1, 5000));
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("kept")); }, note);
        QVERIFY(answered.tryAcquire(1, 5000));
        writer.reset();
        QVERIFY(!answers[0].has_value());
        QVERIFY(answers[1].has_value());
        QCOMPARE(m_notes->settlings, 2);
        QCOMPARE(m_notes->commits.size(), 2U);
        QVERIFY(!m_notes->commits[0].succeeded);
        QVERIFY(m_notes->commits[1].succeeded);
        QCOMPARE(storedNames(), QStringList(QStringLiteral("kept")));
        QCOMPARE(publishedSeqs(), std::vector<Seq>{1});
    }

    void groupThatCannotCommit_takesItsRefusalsBack()
    {
        WriteQueue queue({100, 1000, 1000});
        std::vector<ErrorCode> errors;
        const auto note = [&](const Result<QString>& answer) {
            QVERIFY(!answer.has_value());
            errors.push_back(answer.error().code);
        };
        // The second name is taken by the first write alone, which will never have been.
        for (int i = 0; i < 2; ++i)
            queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("a")); }, note);
        queue.submit<QString>(
            [this](Transaction&) -> Result<QString> {
                m_database->loseTransaction();
                return QString();
            },
            note);
        {
            const Writer writer(queue, *m_database, 0, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(errors, std::vector<ErrorCode>(3, ErrorCode::Unavailable));
        QVERIFY(storedNames().isEmpty());
    }

    void positions_goOnWhereTheyEnded()
    {
        WriteQueue queue({100, 1000, 1000});
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("a")); },
                              [](const auto&) {});
        {
            const Writer writer(queue, *m_database, 41, QTimeZone::utc(), *m_notes);
        }
        QCOMPARE(publishedSeqs(), std::vector<Seq>{42});
    }
};

PRISM_TEST(WriterTest)

} // namespace tst_writer

#include "tst_writer.moc"
