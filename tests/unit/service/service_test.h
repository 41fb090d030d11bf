#pragma once

#include "server/service/actor.h"
#include "server/store/migrations.h"
#include "server/store/writing/writer.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <future>

namespace prism::test {

/// What a test of use cases works with: a database file with its writer, without HTTP. What is carried out is
/// committed as the server does it, each in a group of its own, and what was announced is there when the
/// outcome is.
class ServiceTest
{
protected:
    /// What was published; written before the outcome that it belongs to is told.
    struct Log : store::CommitSink
    {
        void committed(const store::Commit& /*commit*/) override {}
        void publish(const std::vector<store::StoredEvent>& published) override
        {
            events.insert(events.end(), published.begin(), published.end());
        }
        void settled() override {}

        std::vector<store::StoredEvent> events;
    };

    /// With an empty database.
    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(QStringLiteral("t.db"));
        {
            const auto database = store::Database::open(file, store::Database::Mode::ReadWrite);
            QVERIFY(store::migrate(**database).has_value());
        }
        m_log.events.clear();
        m_queue = std::make_unique<store::WriteQueue>(store::Weight{1000, 100'000, 1'000'000});
        m_writer = std::make_unique<store::Writer>(*m_queue, file, 0, QTimeZone::utc(), m_log);
        m_database = std::move(*store::Database::open(file, store::Database::Mode::ReadOnly));
    }

    void close()
    {
        m_database.reset();
        m_writer.reset();
        m_queue.reset();
        m_folder.reset();
    }

    /// What came of this work, when it is on disk or was refused.
    template <typename Outcome, typename Work>
    protocol::Result<Outcome> commit(Work work)
    {
        const auto told = std::make_shared<std::promise<protocol::Result<Outcome>>>();
        auto outcome = told->get_future();
        m_queue->submit<Outcome>(
            work, [told](protocol::Result<Outcome> result) { told->set_value(std::move(result)); });
        return outcome.get();
    }

    /// The same of a use case, asked by somebody on this machine.
    template <typename Outcome, typename Input>
    protocol::Result<Outcome>
    carryOut(protocol::Result<Outcome> (*useCase)(store::Transaction&, const service::Actor&, const Input&),
             const Input& input)
    {
        return commit<Outcome>(
            [useCase, input](store::Transaction& transaction) { return useCase(transaction, {}, input); });
    }

    /// The same of one that works with something.
    template <typename UseCases, typename Outcome, typename Input, typename Given>
    protocol::Result<Outcome>
    carryOut(const UseCases& subject,
             protocol::Result<Outcome> (UseCases::*useCase)(store::Transaction&, const service::Actor&, Input)
                 const,
             const Given& input)
    {
        return commit<Outcome>([subject, useCase, input](store::Transaction& transaction) {
            return (subject.*useCase)(transaction, {}, input);
        });
    }

    /// How many rows there are of what this names: a table, and perhaps a condition.
    int count(const QByteArray& what)
    {
        auto rows = m_database->select("SELECT COUNT(*) FROM " + what);
        return rows && rows->next() ? int(rows->integer(0)) : -1;
    }

    /// The types of what was announced since this was asked last.
    QStringList takeAnnounced()
    {
        QStringList types;
        for (const store::StoredEvent& event : m_log.events)
            types << event.type;
        m_log.events.clear();
        return types;
    }

    /// The data of the last event.
    QJsonObject lastData() const
    {
        if (m_log.events.empty())
            return {};
        return QJsonDocument::fromJson(m_log.events.back().message)
            .object()[QLatin1String("data")]
            .toObject();
    }

    std::unique_ptr<store::Database> m_database; ///< to read from
    Log m_log;

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::WriteQueue> m_queue;
    std::unique_ptr<store::Writer> m_writer;
};

} // namespace prism::test
