#pragma once

#include "client/net/api.h"

#include <QAbstractTableModel>

namespace prism::model {

using AuditEntry = net::AuditEntry;
using AuditQuestion = net::AuditQuestion;

/// Who did what at the server, for admins: the newest first, older ones when somebody asks for more. Fetches
/// only while somebody looks. Borrows the Api. Lives on the GUI thread.
class AuditModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, WhoColumn, ActionColumn, SubjectColumn, AddressColumn, ColumnCount };

    explicit AuditModel(net::Api& api, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Raw: text, names as on the wire, QDateTime in UTC.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// `row` from 0 up to rowCount() - 1.
    const AuditEntry& entry(int row) const { return m_entries[row]; }

    /// While false nothing is fetched; then the newest are.
    void setActive(bool active);
    /// From the newest on.
    void refresh();
    const AuditQuestion& question() const { return m_question; }
    /// The cursor of the question does not count.
    void ask(const AuditQuestion& question);
    bool hasMore() const { return !m_next.isEmpty(); }
    void more();

    bool isLoading() const { return m_isLoading; }
    /// An answer to what is asked has come.
    bool isKnown() const { return m_isKnown; }
    /// Why the latest fetch failed; nothing when it worked.
    const std::optional<protocol::Error>& error() const { return m_error; }

signals:
    /// Anything above but the rows.
    void changed();

private:
    void fetch(const QString& cursor);
    void onPage(bool isFirst, const protocol::Result<net::AuditPage>& answer);

    net::Api& m_api;
    AuditQuestion m_question;
    QList<AuditEntry> m_entries;
    QString m_next;
    std::optional<protocol::Error> m_error;
    bool m_isActive = false;
    bool m_isLoading = false;
    bool m_isKnown = false;
    net::Call m_page;
};

} // namespace prism::model
