// dotnet.exe: loads the host\fxr\VERSION\hostfxr.dll that lies beside it, and hands it the command line.
// The packages of .NET for Windows bring everything but this program.
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

typedef int(__cdecl *start)(int, const wchar_t **, const wchar_t *, const wchar_t *, const wchar_t *);

enum { LONGEST = 4096 };

int wmain(int argc, const wchar_t **argv) {
  static wchar_t self[LONGEST], folder[LONGEST], fxr[LONGEST], app[LONGEST];
  GetModuleFileNameW(NULL, self, LONGEST);
  wcscpy(folder, self);
  *wcsrchr(folder, L'\\') = 0;
  swprintf(app, LONGEST, L"%ls\\dotnet.dll", folder);
  swprintf(fxr, LONGEST, L"%ls\\host\\fxr\\" VERSION L"\\hostfxr.dll", folder);
  HMODULE library = LoadLibraryW(fxr);
  if (library == NULL) {
    fwprintf(stderr, L"cannot load %ls\n", fxr);
    return 1;
  }
  start run = (start)(void *)GetProcAddress(library, "hostfxr_main_startupinfo");
  return run(argc, argv, self, folder, app);
}
