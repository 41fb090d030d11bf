#pragma once

#include <QtGlobal>

#include <utility>

namespace prism::store {

/// How many bytes of an answer a list that goes on by cursor has at most, unless one entry alone has more.
inline constexpr qint64 mostListBytes = 1024LL * 1024;

/// Says where a page ends by its size: it takes entries while they fit, and the first one always.
class PageRoom
{
public:
    explicit PageRoom(qint64 bytes)
        : m_left(bytes)
    {
    }

    /// Whether an entry of this size belongs to the page. After the first one that does not, none does.
    bool take(qint64 size)
    {
        m_left -= size;
        return !std::exchange(m_hasSome, true) || m_left >= 0;
    }

private:
    qint64 m_left;
    bool m_hasSome = false;
};

} // namespace prism::store
