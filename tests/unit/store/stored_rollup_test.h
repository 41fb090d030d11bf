#pragma once

#include "server/store/migrations.h"
#include "server/store/rollups/rollup_folder.h"
#include "server/store/sqlite/read_connection.h"
#include "server/store/sqlite/write_connection.h"
#include "tests/unit/store/facts.h"
#include "tests/unit/store/groups.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

namespace prism::test {

/// What tests of stored rollups work with: a database of its own between open() and close(), and what was
/// written to it, to count it one by one.
class StoredRollupTest : public QObject
{
protected:
    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("t.db"));
        m_database = std::move(*store::sqlite::WriteConnection::open(m_file));
        QVERIFY(store::migrate(*m_database).has_value());
        m_reader = std::move(*store::sqlite::ReadConnection::open(m_file));
        m_random.seed(99);
        m_facts.clear();
        m_zone = QTimeZone::utc();
    }

    void close()
    {
        m_reader.reset();
        m_database.reset();
    }

    qint64 below(qint64 limit) { return test::below(m_random, limit); }

    protocol::Check someCheck() { return madeCheck(m_nextId++, m_random); }

    void add(Groups& groups, int count)
    {
        for (int i = 0; i < count; ++i) {
            const Fact fact{someCheck(), below(3) == 0};
            QVERIFY(groups->addCheck(fact.check, {fact.imported}).value());
            m_facts.push_back(fact);
        }
    }

    /// Checks with a hundred principles each that nobody else has, named by their number.
    void addJunk(Groups& groups, int checks, const QString& prefix, protocol::Timestamp time = someTime)
    {
        int next = 0;
        QVERIFY(groups.begin());
        for (int i = 0; i < checks; ++i) {
            Fact fact;
            fact.check.id = QStringLiteral("%1%2").arg(prefix.left(5)).arg(i);
            fact.check.timestamp = time;
            for (int k = 0; k < 100; ++k)
                fact.check.violations.append(
                    {prefix + QString::number(next++), {}, protocol::Severity::Warning, {}, false});
            QVERIFY(groups->addCheck(fact.check, {fact.imported}).value());
            m_facts.push_back(fact);
        }
        commit(groups);
    }

    void commit(Groups& groups)
    {
        QVERIFY(groups.announce("{}", someTime));
        QVERIFY(groups.commit());
    }

    /// Some of what waits, or all.
    void fold(Groups& groups, qint64 most = std::numeric_limits<qint64>::max())
    {
        QVERIFY(groups.begin());
        store::RollupFolder folder(*m_database, m_zone);
        while (*folder.fold(most) > 0 && most == std::numeric_limits<qint64>::max()) {
        }
        QVERIFY(groups.commit());
    }

    qint64 count(QByteArrayView sql)
    {
        auto rows = m_database->select(sql);
        return rows && rows->next() ? rows->integer(0) : -1;
    }

    void write(Groups& groups, int count)
    {
        QVERIFY(groups.begin());
        add(groups, count);
        commit(groups);
    }

    void expectRandomSpans(store::RollupSource& source, int count)
    {
        const auto snapshot = store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        const store::Result<protocol::Seq> seq = source.refresh();
        QVERIFY(seq.has_value());
        for (int i = 0; i < count; ++i) {
            constexpr std::array<qint64, 4> units{1, 900'000, 3'600'000, 86'400'000};
            const qint64 unit = units[std::size_t(below(4))];
            const auto moment = [&] {
                return protocol::fromMillis(
                    protocol::toMillis(someTime + std::chrono::milliseconds(below(120 * 3'600'000)) -
                                       std::chrono::hours(60)) /
                    unit * unit);
            };
            const protocol::Timestamp a = moment();
            const protocol::Timestamp b = moment();
            compare(source, {std::min(a, b), std::max(a, b)});
        }
    }

    void expect(store::RollupSource& source, const analytics::Span& span)
    {
        const auto snapshot = store::Snapshot::begin(*m_reader);
        QVERIFY(snapshot.has_value());
        QVERIFY(source.refresh().has_value());
        compare(source, span);
    }

    void compare(store::RollupSource& source, const analytics::Span& span)
    {
        const store::Result<analytics::RollupPtr> rollup = source.rollup(span);
        QVERIFY(rollup.has_value());
        const QString wrong = difference(m_facts, span, source);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        comparePartsWith(**rollup, source, span);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<store::WriteConnection> m_database;
    std::unique_ptr<store::ReadConnection> m_reader;
    QTimeZone m_zone = QTimeZone::utc();
    Random m_random;
    std::vector<Fact> m_facts;
    int m_nextId = 0;
};

} // namespace prism::test
