#include "server/store/sqlite/text_functions.h"

#include "shared/protocol/text.h"
#include "shared/protocol/utf8.h"

#include <QByteArrayView>

#include <algorithm>
#include <sqlite3.h>

namespace prism::store::sqlite {

namespace {

QByteArrayView bytesOf(sqlite3_value* value)
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {data, data == nullptr ? 0 : sqlite3_value_bytes(value)};
}

bool isAscii(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

QByteArray foldedUtf8(QByteArrayView text)
{
    return protocol::folded(protocol::textOfUtf8(text)).toUtf8();
}

/// Most texts are ASCII, and then nothing is made of them.
bool has(QByteArrayView text, QByteArrayView sought)
{
    if (!isAscii(text))
        return foldedUtf8(text).contains(sought);
    return std::search(text.begin(), text.end(), sought.begin(), sought.end(),
                       [](char given, char wanted) { return lower(given) == wanted; }) != text.end() ||
           sought.isEmpty();
}

void searchText(sqlite3_context* context, int /*count*/, sqlite3_value** values)
{
    const QByteArray text = foldedUtf8(bytesOf(values[0]));
    sqlite3_result_text(context, text.constData(), int(text.size()), SQLITE_TRANSIENT);
}

void searchHas(sqlite3_context* context, int /*count*/, sqlite3_value** values)
{
    const bool isThere = sqlite3_value_type(values[0]) != SQLITE_NULL;
    sqlite3_result_int(context, isThere && has(bytesOf(values[0]), bytesOf(values[1])) ? 1 : 0);
}

} // namespace

int addTextFunctions(sqlite3* connection)
{
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int code = sqlite3_create_function_v2(connection, "search_text", 1, flags, nullptr, searchText,
                                                nullptr, nullptr, nullptr);
    return code != SQLITE_OK ? code
                             : sqlite3_create_function_v2(connection, "search_has", 2, flags, nullptr,
                                                          searchHas, nullptr, nullptr, nullptr);
}

} // namespace prism::store::sqlite
