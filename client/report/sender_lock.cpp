#include "client/report/sender_lock.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace prism::report {

SenderLock::SenderLock(const QString& folder)
    : m_descriptor(::open(QFile::encodeName(folder + QStringLiteral("/lock")).constData(),
                          O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR))
{
}

SenderLock::~SenderLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool SenderLock::take()
{
    if (!m_isHeld)
        m_isHeld = m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
    return m_isHeld;
}

void SenderLock::release()
{
    if (m_isHeld)
        ::flock(m_descriptor, LOCK_UN);
    m_isHeld = false;
}

} // namespace prism::report
