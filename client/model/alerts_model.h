#pragma once

#include "shared/protocol/alert.h"

#include <QAbstractListModel>
#include <QList>
#include <QMetaType>
#include <QSet>

namespace prism::model {

/// The alerts there are, newest first, each once. Lives on the GUI thread.
class AlertsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString
        KindRole,                  ///< protocol::AlertKind
        MessageRole,               ///< QString in the server's English, also DisplayRole
        SeverityRole,              ///< protocol::AlertSeverity
        MetricRole,                ///< QString
        ValueRole,                 ///< double
        ExpectedRole,              ///< double
        TimeRole,                  ///< QDateTime, UTC
        StateRole,                 ///< protocol::AlertState
        ResolvedAtRole,            ///< QDateTime, UTC; invalid while it is not over
        AcknowledgedRole,          ///< bool
        AcknowledgedByRole,        ///< QString, empty when nobody gave a name
        AcknowledgedAtRole,        ///< QDateTime, UTC; invalid while nobody has
    };

    static constexpr int defaultCapacity = 500;

    explicit AlertsModel(QObject* parent = nullptr, int capacity = defaultCapacity);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// `row` from 0, the newest, up to rowCount() - 1.
    const protocol::Alert& alert(int row) const { return m_alerts[row]; }

    /// How many are not over and nobody has acknowledged yet.
    int unacknowledged() const;
    /// Of those; nothing when there are none.
    std::optional<protocol::AlertSeverity> worstUnacknowledged() const;

    /// One that was just pushed; one with a known id is brought up to date, unless that is older news. An
    /// acknowledgement, once known, stays until the alert gets graver or goes on after its end.
    void add(const protocol::Alert& alert);

    /// Somebody, here or elsewhere, has acknowledged one; an unknown id is passed over.
    void acknowledge(const QString& id, const protocol::Acknowledgement& acknowledgement);

    /// Adds those of a dashboard answer that are not there yet.
    void merge(const QList<protocol::Alert>& alerts);

    /// What is there may not hold any more: it stays until the next merge(), and goes then unless that or an
    /// add() has named it.
    void doubtAll();

    /// Newest first.
    const QList<protocol::Alert>& alerts() const { return m_alerts; }

private:
    int rowOf(const QString& id) const; ///< -1 when unknown
    void change(int row, const protocol::Alert& alert);
    void removeDoubted();

    const int m_capacity;
    QList<protocol::Alert> m_alerts; ///< newest first
    QSet<QString> m_doubted;         ///< ids
};

} // namespace prism::model
