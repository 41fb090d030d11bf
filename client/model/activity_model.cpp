#include "client/model/activity_model.h"

#include "shared/protocol/check.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace prism::model {

namespace {

constexpr std::chrono::milliseconds calmAfter{5'000};
constexpr int screenful = 20;  // so many at once nobody can read
constexpr int floodFactor = 6; // by how much longer they wait for more of them

QString statusText(ActivityStatus status)
{
    switch (status) {
    case ActivityStatus::Pass:
        return protocol::toString(protocol::CheckStatus::Pass);
    case ActivityStatus::Warning:
        return protocol::toString(protocol::CheckStatus::Warning);
    case ActivityStatus::Blocked:
        return protocol::toString(protocol::CheckStatus::Blocked);
    case ActivityStatus::Info:
        break;
    }
    return QStringLiteral("INFO");
}

QVariant displayed(const ActivityEntry& entry, int column)
{
    switch (column) {
    case ActivityModel::TimeColumn:
        return protocol::toDateTime(entry.time);
    case ActivityModel::TypeColumn:
        return entry.type;
    case ActivityModel::DetailColumn:
        return entry.subject;
    case ActivityModel::StatusColumn:
        return statusText(entry.status);
    default:
        return {};
    }
}

} // namespace

ActivityModel::ActivityModel(const net::Options& options, QObject* parent, int capacity)
    : QAbstractTableModel(parent)
    , m_clock(options.clock)
    , m_flushGap(options.timing.flushGap)
    , m_capacity(static_cast<std::size_t>(capacity))
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setTimerType(Qt::PreciseTimer);
    m_calmTimer.setSingleShot(true);
    m_calmTimer.setInterval(calmAfter);
    connect(&m_flushTimer, &QTimer::timeout, this, &ActivityModel::flush);
    connect(&m_calmTimer, &QTimer::timeout, this, [this] { setFolded(0); });
}

int ActivityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ActivityModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ActivityModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ActivityEntry& row = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return displayed(row, index.column());
    case SeqRole:
        return QVariant::fromValue<qint64>(row.seq);
    case TimeRole:
        return protocol::toDateTime(row.time);
    case TypeRole:
        return row.type;
    case KindRole:
        return QVariant::fromValue(row.kind);
    case StatusRole:
        return QVariant::fromValue(row.status);
    case SubjectRole:
        return row.subject;
    case DurationRole:
        return row.duration ? QVariant(*row.duration) : QVariant();
    case ViolationsRole:
        return row.violations;
    case GravestRole:
        return row.gravest;
    case BeforeRole:
        return row.before ? QVariant::fromValue(*row.before) : QVariant();
    case SeverityRole:
        return row.severity ? QVariant::fromValue(*row.severity) : QVariant();
    case DataRole:
        return row.data;
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case TimeColumn:
        return QStringLiteral("time");
    case TypeColumn:
        return QStringLiteral("type");
    case DetailColumn:
        return QStringLiteral("detail");
    case StatusColumn:
        return QStringLiteral("status");
    default:
        return {};
    }
}

QHash<int, QByteArray> ActivityModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert({{SeqRole, "seq"},
                  {TimeRole, "time"},
                  {TypeRole, "type"},
                  {KindRole, "kind"},
                  {StatusRole, "status"},
                  {SubjectRole, "subject"},
                  {DurationRole, "duration"},
                  {ViolationsRole, "violations"},
                  {GravestRole, "gravest"},
                  {BeforeRole, "before"},
                  {SeverityRole, "severity"},
                  {DataRole, "data"}});
    return names;
}

void ActivityModel::noteRecord(const QString& id, const QString& name)
{
    if (name.isEmpty())
        return;
    if (m_recordNames.size() >= qsizetype(m_capacity))
        m_recordNames.clear(); // who deletes one of so many is told "a record"
    m_recordNames[id].name = name;
}

/// In whatever order they come: what came before is passed over where it comes again.
void ActivityModel::noteName(const ActivityEntry& entry)
{
    if (entry.kind != ActivityKind::RecordCreated && entry.kind != ActivityKind::RecordUpdated)
        return;
    const QString id = entry.object().value(QLatin1String("id")).toString();
    if (entry.seq < m_recordNames.value(id).seq)
        return;
    noteRecord(id, entry.subject);
    if (const auto known = m_recordNames.find(id); known != m_recordNames.end())
        known->seq = entry.seq;
}

ActivityEntry ActivityModel::entryOf(const protocol::Event& event)
{
    ActivityEntry entry = ActivityEntry::fromEvent(event);
    noteName(entry);
    if (entry.kind == ActivityKind::RecordDeleted)
        entry.subject = m_recordNames.value(entry.object().value(QLatin1String("id")).toString()).name;
    return entry;
}

void ActivityModel::append(const QList<protocol::Event>& events)
{
    for (const protocol::Event& event : events)
        m_pending.push_back(entryOf(event));
    while (m_pending.size() > m_capacity)
        m_pending.pop_front();
    if (m_held || m_pending.empty() || m_flushTimer.isActive())
        return;
    const auto gap = m_isFlooded ? m_flushGap * floodFactor : m_flushGap;
    const auto sinceLast = m_lastFlush ? m_clock.elapsed() - *m_lastFlush : gap;
    m_flushTimer.start(std::clamp(gap - sinceLast, std::chrono::milliseconds(0), gap));
}

void ActivityModel::hold()
{
    m_held = true;
    m_flushTimer.stop();
}

void ActivityModel::replace(const QList<protocol::Event>& history)
{
    m_held = false;
    m_flushTimer.stop();
    const auto gathered = std::exchange(m_pending, {});
    for (RecordName& known : m_recordNames)
        known.seq = noSeq; // the order may be another one

    beginResetModel();
    m_entries.clear();
    const auto show = [this](ActivityEntry entry) {
        if (m_entries.empty() || entry.seq > m_entries.front().seq)
            m_entries.push_front(std::move(entry));
    };
    for (const protocol::Event& event : history)
        show(entryOf(event));
    for (const ActivityEntry& entry : gathered) {
        noteName(entry);
        show(entry);
    }
    if (m_entries.size() > m_capacity)
        m_entries.resize(m_capacity);
    endResetModel();
    reviseFrom(rowCount());
}

void ActivityModel::extend(const QList<protocol::Event>& older)
{
    const auto count = std::min(m_capacity - m_entries.size(), std::size_t(older.size()));
    if (count == 0)
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(count) - 1);
    for (qsizetype i = older.size() - 1; i >= older.size() - qsizetype(count); --i) {
        m_entries.push_back(ActivityEntry::fromEvent(older[i]));
        const QString id = m_entries.back().object().value(QLatin1String("id")).toString();
        if (!m_recordNames.contains(id) && m_recordNames.size() < qsizetype(m_capacity))
            noteName(m_entries.back()); // one that is known is a newer one
    }
    endInsertRows();
    nameDeleted();
    reviseFrom(rowCount());
}

/// The event from which the name is known may have come after the one that deletes the record.
void ActivityModel::nameDeleted()
{
    for (int row = 0; row < rowCount(); ++row) {
        ActivityEntry& deleted = m_entries[static_cast<std::size_t>(row)];
        if (deleted.kind != ActivityKind::RecordDeleted || !deleted.subject.isEmpty())
            continue;
        deleted.subject = m_recordNames.value(deleted.object().value(QLatin1String("id")).toString()).name;
        if (!deleted.subject.isEmpty())
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void ActivityModel::setHasOlder(bool hasOlder)
{
    if (std::exchange(m_hasOlder, hasOlder) != hasOlder)
        emit hasOlderChanged();
}

QList<protocol::Event> ActivityModel::newest(int count) const
{
    QList<protocol::Event> events;
    for (int row = std::min(count, rowCount()) - 1; row >= 0; --row)
        events.append(entry(row).toEvent());
    return events;
}

void ActivityModel::reviseFrom(int count)
{
    for (int row = std::min(count, rowCount()) - 1; row >= 0; --row) {
        if (entry(row).kind != ActivityKind::CheckUpdated)
            continue;
        const ActivityEntry update = entry(row);
        for (int other = row + 1; other < rowCount(); ++other) {
            if (m_entries[static_cast<std::size_t>(other)].revise(update)) {
                emit dataChanged(index(other, 0), index(other, ColumnCount - 1));
                break;
            }
        }
    }
}

void ActivityModel::flush()
{
    m_lastFlush = m_clock.elapsed();
    if (!m_entries.empty()) {
        const protocol::Seq newest = m_entries.front().seq;
        while (!m_pending.empty() && m_pending.front().seq <= newest)
            m_pending.pop_front();
    }
    if (m_pending.empty())
        return;

    const auto count = static_cast<int>(m_pending.size());
    m_isFlooded = count >= screenful;
    beginInsertRows({}, 0, count - 1);
    for (ActivityEntry& entry : m_pending)
        m_entries.push_front(std::move(entry));
    m_pending.clear();
    endInsertRows();

    if (m_entries.size() > m_capacity) {
        beginRemoveRows({}, static_cast<int>(m_capacity), rowCount() - 1);
        m_entries.resize(m_capacity);
        endRemoveRows();
        setHasOlder(true);
    }
    reviseFrom(count);
    if (count > 1)
        setFolded(m_folded + count - 1);
}

void ActivityModel::setFolded(qint64 folded)
{
    if (folded > 0)
        m_calmTimer.start();
    if (m_folded == folded)
        return;
    m_folded = folded;
    emit foldedChanged(folded);
}

} // namespace prism::model
