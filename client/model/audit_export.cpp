#include "client/model/audit_export.h"

namespace prism::model {

AuditExport::AuditExport(net::Api& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

void AuditExport::begin(const net::AuditQuestion& question, const QString& path)
{
    if (m_file)
        return;
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly)) {
        m_file.reset();
        emit notWritten(path);
        return;
    }
    m_question = question;
    m_question.cursor.clear();
    m_lines = 0;
    fetch();
    emit changed();
}

void AuditExport::fetch()
{
    m_call = m_api.auditLines(m_question, [this](const auto& answer) { onLines(answer); });
}

void AuditExport::onLines(const protocol::Result<net::AuditLines>& answer)
{
    const QString path = m_file->fileName();
    if (!answer) {
        giveUp();
        emit failed(answer.error());
        return;
    }
    m_lines += answer->text.count('\n');
    bool isWritten = m_file->write(answer->text) == answer->text.size();
    if (isWritten && !answer->next.isEmpty()) {
        m_question.cursor = answer->next;
        return fetch();
    }
    isWritten = isWritten && m_file->commit();
    giveUp();
    if (isWritten)
        emit done(path, m_lines);
    else
        emit notWritten(path);
}

void AuditExport::giveUp()
{
    m_file.reset(); // what is not whole is not kept
    emit changed();
}

} // namespace prism::model
