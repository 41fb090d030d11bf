#pragma once

#include "client/model/alert.h"

#include <QAbstractListModel>
#include <QJsonArray>
#include <QList>

namespace prism::model {

/// The alerts there are, newest first, each once. Lives on the GUI thread.
class AlertsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString
        MessageRole,               ///< QString, also DisplayRole
        SeverityRole,              ///< AlertSeverity
        MetricRole,                ///< QString
        ValueRole,                 ///< double, invalid when unknown
        ExpectedRole,              ///< double, invalid when unknown
        TimeRole,                  ///< QDateTime, UTC
    };

    static constexpr int defaultCapacity = 500;

    explicit AlertsModel(QObject* parent = nullptr, int capacity = defaultCapacity);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// `row` from 0, the newest, up to rowCount() - 1.
    const Alert& alert(int row) const { return m_alerts[row]; }

    /// One that was just pushed; one with a known id is brought up to date.
    void add(const Alert& alert);

    /// Adds those of a dashboard answer that are not there yet; objects that are no alerts are passed over.
    void merge(const QJsonArray& alerts);

    void clear();

private:
    const int m_capacity;
    QList<Alert> m_alerts; ///< newest first
};

} // namespace prism::model
