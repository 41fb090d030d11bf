#pragma once

#include "client/net/api.h"

#include <QObject>
#include <QSaveFile>

#include <memory>

namespace prism::model {

/// Writes what was done at the server to a file, a line of JSON each, page by page. The file is there once it
/// is whole. Borrows the Api. Lives on the GUI thread.
class AuditExport : public QObject
{
    Q_OBJECT

public:
    explicit AuditExport(net::Api& api, QObject* parent = nullptr);

    /// Nothing happens while one is under way.
    void begin(const net::AuditQuestion& question, const QString& path);
    bool isUnderWay() const { return m_file != nullptr; }

signals:
    void changed();
    void done(const QString& path, qint64 lines);
    /// The server did not go on telling.
    void failed(const prism::protocol::Error& error);
    void notWritten(const QString& path);

private:
    void fetch();
    void onLines(const protocol::Result<net::AuditLines>& answer);
    void giveUp();

    net::Api& m_api;
    net::AuditQuestion m_question;
    std::unique_ptr<QSaveFile> m_file;
    qint64 m_lines = 0;
    net::Call m_call;
};

} // namespace prism::model
