#pragma once

#include "client/net/options.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/event.h"
#include "shared/protocol/record.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

namespace prism::net {
class ApiClient;
struct Answer;
} // namespace prism::net

namespace prism::model {

/// Which records are looked for.
struct RecordQuery
{
    enum class Order { CreatedAt, Name, UpdatedAt };

    QString search;
    std::optional<protocol::RecordType> type; ///< none: all
    Order order = Order::CreatedAt;
    bool ascending = false;
    int page = 1;

    bool operator==(const RecordQuery&) const = default;
};

/// One page of the saved definitions, as the server sorts and finds them. Other people's changes appear at
/// once, by events; rows that stay keep their identity, so selection and scroll position stay too. Fetches
/// only while somebody looks. Borrows the API client. Lives on the GUI thread.
class RecordsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, DescriptionColumn, TypeColumn, PeriodColumn, UpdatedColumn, ColumnCount };

    static constexpr int pageSize = 50;

    RecordsModel(net::ApiClient& api, const net::Options& options, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Raw: text, names as on the wire, QDateTime in UTC.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    /// `row` from 0 up to rowCount() - 1.
    const protocol::Record& record(int row) const { return m_records[row]; }
    /// -1 when it is not on this page.
    int rowOf(const QString& id) const;

    const RecordQuery& query() const { return m_query; }
    /// Waits a moment for more letters.
    void setSearch(const QString& text);
    void setType(std::optional<protocol::RecordType> type);
    void setOrder(RecordQuery::Order order, bool ascending);
    void setPage(int page);

    /// While false nothing is fetched; what was missed is fetched when it becomes true.
    void setActive(bool active);

    /// Fetches the page now.
    void refresh();
    /// What has happened, by push or by poll.
    void noteEvents(const QList<protocol::Event>& events);
    /// What this dashboard itself did, which its event may tell later.
    void noteStored(const protocol::Record& record);
    void noteRemoved(const QString& id);

    /// A page is on its way, and what is shown is not the page asked for.
    bool isLoading() const { return m_inFlight && !m_shown; }
    /// The page asked for has been shown.
    bool isShown() const { return m_shown; }
    /// How many there are; nothing when the server does not count (with a search).
    std::optional<qint64> total() const { return m_total; }
    bool hasNext() const { return m_hasNext; }
    /// Why the latest fetch failed; nothing when it worked.
    const std::optional<protocol::Error>& lastError() const { return m_lastError; }
    /// How long ago the rows were last asked for; nothing before the first answer. While events are pushed
    /// they are true whatever it says.
    std::optional<std::chrono::milliseconds> age() const;

signals:
    /// Anything above but the rows.
    void changed();
    /// Events told that a record, of this page or not, has a new version, or is gone.
    void storedElsewhere(const prism::protocol::Record& record);
    void removedElsewhere(const QString& id);

private:
    void ask(const RecordQuery& query);
    void schedule();
    void fetch();
    void onAnswer(std::chrono::milliseconds asked, const protocol::Result<net::Answer>& answer);
    void show(const QList<protocol::Record>& records);
    void place(int row, const protocol::Record& record);

    net::ApiClient& m_api;
    const net::Clock m_clock;
    RecordQuery m_query;
    QList<protocol::Record> m_records;
    QSet<QString> m_removed; ///< since the request under way was sent
    std::optional<qint64> m_total;
    bool m_hasNext = false;
    bool m_active = false;
    bool m_dirty = true; ///< something changed that no request under way includes
    bool m_inFlight = false;
    bool m_shown = false;
    int m_request = 0;                                    ///< only the answer to the latest counts
    std::optional<std::chrono::milliseconds> m_confirmed; ///< when the rows shown were asked for
    std::optional<std::chrono::milliseconds> m_lastFetch;
    std::optional<protocol::Error> m_lastError;
    QTimer m_fetchTimer;
    QTimer m_searchTimer;
    QString m_wantedSearch;
};

} // namespace prism::model
