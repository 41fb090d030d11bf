#include "tests/fuzz/fuzz.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

/// Tries every file below the folders given, in the place of libFuzzer, so that any compiler can.
int main(int argc, char** argv)
{
    namespace fs = std::filesystem;
    int tried = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file())
                continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
            std::printf("%s\n", entry.path().c_str());
            std::fflush(stdout);
            LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
            ++tried;
        }
    }
    std::printf("%d inputs tried\n", tried);
    return tried > 0 ? 0 : 1;
}
