#include "server/store/migrations.h"
#include "server/store/writing/writer.h"
#include "tests/support/test_program.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace prism::store;
using namespace prism::protocol;
using prism::store::Error;
using prism::store::ErrorCode;
using prism::store::Failure;
using prism::store::Result;

class WriterTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::vector<StoredEvent> m_published;
    int m_commits = 0;

    auto publish()
    {
        return [this](const std::vector<StoredEvent>& events) {
            ++m_commits;
            m_published.insert(m_published.end(), events.begin(), events.end());
        };
    }

    static Result<QString> createRecord(Transaction& transaction, const QString& name)
    {
        RecordDraft draft;
        draft.name = name;
        const EncodedRecord record = makeRecord(draft, std::chrono::system_clock::now());
        if (const auto inserted = transaction.records().insert(record); !inserted)
            return Failure(inserted.error());
        const auto seq = transaction.announce(event_type::recordCreated, QString(), record.json, now());
        if (!seq)
            return Failure(seq.error());
        return name;
    }

    QStringList storedNames() const
    {
        const auto database = Database::open(m_file, Database::Mode::ReadOnly);
        auto rows = (*database)->select("SELECT name FROM records ORDER BY name");
        QStringList names;
        while (rows->next())
            names << rows->text(0);
        return names;
    }

    std::vector<Seq> publishedSeqs() const
    {
        std::vector<Seq> seqs;
        for (const StoredEvent& event : m_published)
            seqs.push_back(event.seq);
        return seqs;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("t.db"));
        m_published.clear();
        m_commits = 0;
        const auto database = Database::open(m_file, Database::Mode::ReadWrite);
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
            const Writer writer(queue, m_file, 0, QTimeZone::utc(), {{}, publish()});
        }
        QCOMPARE(m_commits, 1);
        QCOMPARE(acknowledged, (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(publishedSeqs(), (std::vector<Seq>{1, 2, 3}));
        QCOMPARE(storedNames(), acknowledged);
    }

    void eachGroup_isObservedBeforeItIsAcknowledged()
    {
        WriteQueue queue({100, 1000, 1000});
        std::vector<Commit> commits;
        std::vector<std::size_t> commitsAtAnswer;
        const auto note = [&](const Result<QString>&) { commitsAtAnswer.push_back(commits.size()); };
        for (const char* name : {"a", "a", "b"})
            queue.submit<QString>(
                [name](Transaction& t) { return createRecord(t, QString::fromLatin1(name)); }, note,
                {1, 2, 30});
        {
            const Writer writer(queue, m_file, 0, QTimeZone::utc(),
                                {[&](const Commit& commit) { commits.push_back(commit); }, publish()});
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
        QStringList order;
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
            const Writer writer(
                queue, m_file, 0, QTimeZone::utc(),
                {{},
                 [&](const std::vector<StoredEvent>&) { order << QStringLiteral("published"); },
                 [&] { order << QStringLiteral("settled"); }});
        }
        QCOMPARE(order.join(QStringLiteral(", ")),
                 QStringLiteral("a holds, b holds, published, a, refused, b, settled"));
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
            const Writer writer(queue, m_file, 0, QTimeZone::utc(), {{}, publish()});
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
            const Writer writer(queue, m_file, 0, QTimeZone::utc(), {{}, publish()});
        }
        QCOMPARE(seenByAnother, QStringList(QStringLiteral("a")));
    }

    void groupThatCannotCommit_isRefusedWholeAndTheNextGoesThrough()
    {
        WriteQueue queue({100, 1000, 1000});
        std::vector<bool> succeeded;
        int settled = 0;
        auto writer = std::make_unique<const Writer>(
            queue, m_file, 0, QTimeZone::utc(),
            Writer::Hooks{[&](const Commit& commit) { succeeded.push_back(commit.succeeded); }, publish(),
                          [&] { ++settled; }});
        QSemaphore answered;
        std::vector<Result<QString>> answers;
        const auto note = [&](const Result<QString>& answer) {
            answers.push_back(answer);
            answered.release();
        };
        queue.submit<QString>(
            [](Transaction& t) -> Result<QString> {
                auto created = createRecord(t, QStringLiteral("lost"));
                // What SQLite does by itself when the disk is full: the whole transaction is gone.
                (void)t.database().execute("ROLLBACK");
                return created;
            },
            note);
        QVERIFY(answered.tryAcquire(1, 5000));
        queue.submit<QString>([](Transaction& t) { return createRecord(t, QStringLiteral("kept")); }, note);
        QVERIFY(answered.tryAcquire(1, 5000));
        writer.reset();
        QVERIFY(!answers[0].has_value());
        QVERIFY(answers[1].has_value());
        QCOMPARE(settled, 2);
        QCOMPARE(succeeded, (std::vector<bool>{false, true}));
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
            [](Transaction& t) -> Result<QString> {
                (void)t.database().execute("ROLLBACK");
                return QString();
            },
            note);
        {
            const Writer writer(queue, m_file, 0, QTimeZone::utc(), {{}, publish()});
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
            const Writer writer(queue, m_file, 41, QTimeZone::utc(), {{}, publish()});
        }
        QCOMPARE(publishedSeqs(), std::vector<Seq>{42});
    }
};

PRISM_TEST(WriterTest)
#include "tst_writer.moc"
