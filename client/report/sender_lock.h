#pragma once

#include <QString>
#include <QtGlobal>

namespace prism::report {

/// Of all processes, at most one sends what lies in a folder: who holds this. It is let go of when its
/// process ends, however that happens.
class SenderLock
{
public:
    explicit SenderLock(const QString& folder);
    ~SenderLock();
    Q_DISABLE_COPY_MOVE(SenderLock)

    /// Whether it is held now; tries to take it.
    bool take();
    void release();

private:
    int m_descriptor = -1;
    bool m_isHeld = false;
};

} // namespace prism::report
