#pragma once

#include "client/model/latest.h"
#include "shared/protocol/event.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

namespace prism::model {

using RecordsQuestion = net::RecordsQuestion;

/// One page of the saved definitions, as the server sorts and finds them. Other people's changes appear at
/// once, by events; rows that stay keep their identity, so selection and scroll position stay too. Fetches
/// only while somebody looks. Borrows the Api. Lives on the GUI thread.
class RecordsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, DescriptionColumn, TypeColumn, PeriodColumn, UpdatedColumn, ColumnCount };

    static constexpr int pageSize = net::RecordsQuestion::usualLimit;

    RecordsModel(net::Api& api, const net::Options& options, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Raw: text, names as on the wire, QDateTime in UTC.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    /// `row` from 0 up to rowCount() - 1.
    const protocol::Record& record(int row) const { return m_records[row]; }
    /// -1 when it is not on this page.
    int rowOf(const QString& id) const;

    const net::RecordsQuestion& query() const { return m_query; }
    /// Waits a moment for more letters.
    void setSearch(const QString& text);
    void setType(std::optional<protocol::RecordType> type);
    void setOrder(net::RecordsQuestion::Order order, bool ascending);
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
    bool isLoading() const { return m_pages.isUnderWay() && !m_shown; }
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
    using Pages = Latest<net::RecordsQuestion, net::RecordPage>;

    void ask(const net::RecordsQuestion& query);
    /// Asks as soon as the pace allows, unless an answer is under way.
    void schedule();
    void onSent();
    void onAnswer(std::chrono::milliseconds asked, const Pages::Answer& answer);
    void show(const QList<protocol::Record>& records);
    void place(int row, const protocol::Record& record);

    const net::Clock m_clock;
    net::RecordsQuestion m_query;
    QList<protocol::Record> m_records;
    QSet<QString> m_removed; ///< since the request under way was sent
    std::optional<qint64> m_total;
    bool m_hasNext = false;
    bool m_active = false;
    bool m_dirty = true; ///< something changed that no request under way includes
    bool m_shown = false;
    std::optional<std::chrono::milliseconds> m_confirmed; ///< when the rows shown were asked for
    std::optional<protocol::Error> m_lastError;
    QTimer m_searchTimer;
    QString m_wantedSearch;
    Pages m_pages;
};

} // namespace prism::model
