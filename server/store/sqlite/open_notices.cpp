#include "server/store/sqlite/open_notices.h"

#include <array>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

namespace prism::store::sqlite {

void OpenNotices::begin(const QByteArray& file)
{
    end();
    m_descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (m_descriptor >= 0 &&
        ::inotify_add_watch(m_descriptor, file.constData(), IN_OPEN | IN_CLOSE_WRITE | IN_DONT_FOLLOW) < 0)
        end();
}

void OpenNotices::end()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

bool OpenNotices::take() const
{
    std::array<char, 4096> notices{};
    bool wasHeard = false;
    while (m_descriptor >= 0 && ::read(m_descriptor, notices.data(), notices.size()) > 0)
        wasHeard = true;
    return wasHeard;
}

} // namespace prism::store::sqlite
