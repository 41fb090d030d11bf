#include "server/app/database_writer.h"

namespace prism::app {

DatabaseWriter::DatabaseWriter(const Config& config, std::unique_ptr<OpenedDatabase> opened)
    : m_opened(std::move(opened))
    , m_head(m_opened->identity.position.seq)
    , m_writes(config.writeQueue)
{
    store::Retention retention = config.retention;
    retention.checkDays = [&settings = m_opened->settings] { return settings.current()->retentionDays; };
    m_writer = std::make_unique<store::Writer>(m_writes, *m_opened->database, m_head.seq,
                                               m_opened->identity.zone, m_head, retention);
}

DatabaseWriter::~DatabaseWriter()
{
    m_writer.reset();
    m_opened->database->note({m_opened->identity.position.epoch, m_head.seq});
}

} // namespace prism::app
