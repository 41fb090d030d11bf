#pragma once

#include <QByteArray>

namespace prism::store::sqlite {

/// Hears from the system when anybody opens a file, or closes it after having been able to write to it:
/// whoever is to change it has to. Reading and writing by who has it open already is not told. Where the
/// system has no such notices to give away, nothing is heard.
class OpenNotices
{
public:
    OpenNotices() = default;
    ~OpenNotices() { end(); }
    OpenNotices(const OpenNotices&) = delete;
    OpenNotices& operator=(const OpenNotices&) = delete;

    void begin(const QByteArray& file);
    void end();

    /// Whether something was heard since this was asked last.
    bool take() const;

private:
    int m_descriptor = -1;
};

} // namespace prism::store::sqlite
