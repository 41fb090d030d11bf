#include "server/store/sought_text.h"

#include "shared/protocol/text.h"
#include "shared/protocol/utf8.h"

#include <algorithm>

namespace prism::store {

namespace {

bool isAscii(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

} // namespace

/// Most texts are ASCII, and then nothing is made of them.
bool hasSought(QByteArrayView text, QByteArrayView sought)
{
    if (!isAscii(text))
        return protocol::folded(protocol::textOfUtf8(text)).toUtf8().contains(sought);
    return std::search(text.begin(), text.end(), sought.begin(), sought.end(),
                       [](char given, char wanted) { return lower(given) == wanted; }) != text.end() ||
           sought.isEmpty();
}

} // namespace prism::store
