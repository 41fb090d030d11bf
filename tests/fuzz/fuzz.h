#pragma once

#include "shared/protocol/utf8.h"

#include <QByteArray>

#include <cstdio>
#include <cstdlib>

/// Tries one input. libFuzzer calls it with what it made up; without libFuzzer, replay.cpp does with the
/// corpus.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);

namespace prism::fuzz {

/// Ends the process when something does not hold that must hold for every input.
inline void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

inline QByteArray toBytes(const unsigned char* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), qsizetype(size)};
}

/// Whether the text is the same after it was stored, as UTF-8.
inline bool isStorable(const QString& text)
{
    return protocol::textOfUtf8(text.toUtf8()) == text;
}

} // namespace prism::fuzz
