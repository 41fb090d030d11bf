#pragma once

#include <QByteArrayView>

namespace prism::store {

/// Whether a stored text, which is UTF-8, has the one sought in it without regard to case and to how
/// characters are composed. `sought` is folded already, see protocol::folded().
bool hasSought(QByteArrayView text, QByteArrayView sought);

} // namespace prism::store
