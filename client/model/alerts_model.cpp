#include "client/model/alerts_model.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace prism::model {

using protocol::Acknowledgement;
using protocol::Alert;
using protocol::AlertState;

namespace {

/// Whether it tells of a time before what is known: an alert gets no milder while it lasts, and what goes on
/// after its end is in a later bucket.
bool isOlder(const Alert& news, const Alert& known)
{
    if (news.bucket != known.bucket)
        return news.bucket < known.bucket;
    if (news.severity != known.severity)
        return news.severity < known.severity;
    return known.state == AlertState::Resolved && news.state != AlertState::Resolved;
}

/// The news without what they take back of an acknowledgement only because they are older than that.
Alert latestOf(Alert news, const Alert& known)
{
    const bool isSame = news.bucket == known.bucket && news.severity == known.severity;
    if (!isSame || news.isAcknowledged() || !known.isAcknowledged())
        return news;
    news.acknowledgement = known.acknowledgement;
    if (news.state == AlertState::Open)
        news.state = AlertState::Acknowledged;
    return news;
}

} // namespace

AlertsModel::AlertsModel(QObject* parent, int capacity)
    : QAbstractListModel(parent)
    , m_capacity(capacity)
{
}

int AlertsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

QVariant AlertsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Alert& row = alert(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case MessageRole:
        return row.message.isEmpty() ? protocol::messageOf(row) : row.message;
    case IdRole:
        return row.id;
    case KindRole:
        return QVariant::fromValue(row.kind);
    case SeverityRole:
        return QVariant::fromValue(row.severity);
    case MetricRole:
        return row.metric;
    case ValueRole:
        return row.value;
    case ExpectedRole:
        return row.expected;
    case TimeRole:
        return protocol::toDateTime(row.timestamp);
    case StateRole:
        return QVariant::fromValue(row.state);
    case ResolvedAtRole:
        return row.resolvedAt ? QVariant(protocol::toDateTime(*row.resolvedAt)) : QVariant();
    case AcknowledgedRole:
        return row.isAcknowledged();
    case AcknowledgedByRole:
        return row.acknowledgement ? row.acknowledgement->by : QString();
    case AcknowledgedAtRole:
        return row.acknowledgement ? QVariant(protocol::toDateTime(row.acknowledgement->at)) : QVariant();
    default:
        return {};
    }
}

QHash<int, QByteArray> AlertsModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{IdRole, "id"},
                  {KindRole, "kind"},
                  {MessageRole, "message"},
                  {SeverityRole, "severity"},
                  {MetricRole, "metric"},
                  {ValueRole, "value"},
                  {ExpectedRole, "expected"},
                  {TimeRole, "time"},
                  {StateRole, "state"},
                  {ResolvedAtRole, "resolvedAt"},
                  {AcknowledgedRole, "acknowledged"},
                  {AcknowledgedByRole, "acknowledgedBy"},
                  {AcknowledgedAtRole, "acknowledgedAt"}});
    return names;
}

int AlertsModel::unacknowledged() const
{
    return static_cast<int>(std::ranges::count_if(m_alerts, &Alert::isOpen));
}

std::optional<protocol::AlertSeverity> AlertsModel::worstUnacknowledged() const
{
    std::optional<protocol::AlertSeverity> worst;
    for (const Alert& alert : m_alerts) {
        if (alert.isOpen())
            worst = std::max(worst.value_or(protocol::AlertSeverity::Low), alert.severity);
    }
    return worst;
}

void AlertsModel::add(const Alert& alert)
{
    const bool isDoubted = m_doubted.remove(alert.id);
    if (const int row = rowOf(alert.id); row >= 0) {
        const Alert& known = m_alerts[row];
        if (isDoubted || !isOlder(alert, known))
            change(row, latestOf(alert, known));
        return;
    }
    const auto place = std::ranges::find_if(
        std::as_const(m_alerts), [&](const Alert& other) { return other.timestamp <= alert.timestamp; });
    const int row = static_cast<int>(place - m_alerts.cbegin());
    if (row >= m_capacity)
        return;
    beginInsertRows({}, row, row);
    m_alerts.insert(row, alert);
    endInsertRows();
    if (m_alerts.size() > m_capacity) {
        beginRemoveRows({}, m_capacity, m_capacity);
        m_alerts.removeLast();
        endRemoveRows();
    }
}

void AlertsModel::acknowledge(const QString& id, const Acknowledgement& acknowledgement)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Alert alert = m_alerts[row];
    alert.acknowledgement = acknowledgement;
    if (alert.isOpen())
        alert.state = AlertState::Acknowledged;
    change(row, alert);
}

void AlertsModel::merge(const QList<Alert>& alerts)
{
    for (const Alert& alert : alerts)
        add(alert);
    removeDoubted();
}

void AlertsModel::doubtAll()
{
    for (const Alert& alert : std::as_const(m_alerts))
        m_doubted.insert(alert.id);
}

int AlertsModel::rowOf(const QString& id) const
{
    const auto found = std::ranges::find(m_alerts, id, &Alert::id);
    return found == m_alerts.end() ? -1 : static_cast<int>(found - m_alerts.begin());
}

void AlertsModel::change(int row, const Alert& alert)
{
    if (m_alerts[row] == alert)
        return;
    m_alerts[row] = alert;
    emit dataChanged(index(row), index(row));
}

void AlertsModel::removeDoubted()
{
    for (int row = rowCount() - 1; row >= 0 && !m_doubted.isEmpty(); --row) {
        if (!m_doubted.remove(m_alerts[row].id))
            continue;
        beginRemoveRows({}, row, row);
        m_alerts.removeAt(row);
        endRemoveRows();
    }
    m_doubted.clear();
}

} // namespace prism::model
