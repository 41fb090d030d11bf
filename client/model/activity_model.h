#pragma once

#include "client/model/activity_entry.h"
#include "client/net/options.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

#include <deque>
#include <limits>

namespace prism::model {

/// The latest events, newest first. New ones are gathered and shown together, a lone one at once, more than
/// anybody can read a few times a second. Holds raw
/// values; DisplayRole is plain text without a language. Lives on the GUI thread.
class ActivityModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, TypeColumn, DetailColumn, StatusColumn, ColumnCount };

    enum Role {
        SeqRole = Qt::UserRole + 1, ///< qint64
        TimeRole,                   ///< QDateTime, UTC
        TypeRole,                   ///< QString, as on the wire
        KindRole,                   ///< ActivityKind
        StatusRole,                 ///< ActivityStatus
        SubjectRole,                ///< QString
        DurationRole,               ///< double in ms, invalid when there is none
        ViolationsRole,             ///< int
        GravestRole,                ///< the gravest violation of a check: its principle and place
        BeforeRole,                 ///< ActivityStatus of a gate before it changed, invalid of all else
        SeverityRole,               ///< protocol::AlertSeverity of an alert, invalid of all else
        DataRole,                   ///< QJsonObject, all that the event said
    };

    static constexpr int defaultCapacity = 10'000;

    explicit ActivityModel(const net::Options& options, QObject* parent = nullptr,
                           int capacity = defaultCapacity);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// `row` from 0, the newest, up to rowCount() - 1.
    const ActivityEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }

    /// Live events, in order. What is in the table already is passed over.
    void append(const QList<protocol::Event>& events);

    /// Until replace(): keeps the rows as they are and gathers what append() brings.
    void hold();

    /// Shows `history` (in order) and everything gathered since hold() instead of the rows there were.
    void replace(const QList<protocol::Event>& history);

    /// What the record with this id is called, or was: the event that deletes it does not say so.
    void noteRecord(const QString& id, const QString& name);

    /// Shows `older` (in order) below the rows there are, as many as there is room for.
    void extend(const QList<protocol::Event>& older);

    /// Whether the server has events from before those that are shown.
    bool hasOlder() const { return m_hasOlder; }
    void setHasOlder(bool hasOlder);
    /// Whether there is room for them.
    bool mayExtend() const { return m_hasOlder && !m_entries.empty() && m_entries.size() < m_capacity; }

    /// The newest `count` rows as events, in order.
    QList<protocol::Event> newest(int count) const;

    /// How many events of the present burst appeared together with another instead of by themselves; 0 again
    /// when it has been calm for a few seconds.
    qint64 folded() const { return m_folded; }

signals:
    void foldedChanged(qint64 folded);
    void hasOlderChanged();

private:
    static constexpr protocol::Seq noSeq = std::numeric_limits<protocol::Seq>::min();

    struct RecordName
    {
        QString name;
        protocol::Seq seq = noSeq; ///< of the event that said so; of one from elsewhere, or before replace()
    };

    ActivityEntry entryOf(const protocol::Event& event);
    void noteName(const ActivityEntry& entry);
    void nameDeleted();
    void flush();
    /// What the newest `count` rows say of the checks of other rows, these show from now on.
    void reviseFrom(int count);
    void setFolded(qint64 folded);

    const net::Clock m_clock;
    const std::chrono::milliseconds m_flushGap;
    const std::size_t m_capacity;
    std::deque<ActivityEntry> m_entries;      ///< newest first
    std::deque<ActivityEntry> m_pending;      ///< oldest first
    QHash<QString, RecordName> m_recordNames; ///< the newest, by id
    QTimer m_flushTimer;
    QTimer m_calmTimer;
    std::optional<std::chrono::milliseconds> m_lastFlush;
    qint64 m_folded = 0;
    bool m_held = false;
    bool m_isFlooded = false; ///< so many came together that they are shown less often
    bool m_hasOlder = false;
};

} // namespace prism::model
