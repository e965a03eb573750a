// dotnet.exe: loads the host\fxr\VERSION\hostfxr.dll that lies beside it, and hands it the command line.
// The packages of .NET for Windows bring everything but this program. It also gives .NET what Wine 8 lacks.
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

enum { LONGEST = 4096 };

#define REQUEST 0x40000000u
#define REPORTING 0x80000000u

typedef int(__cdecl *start)(int, const wchar_t **, const wchar_t *, const wchar_t *, const wchar_t *);
typedef LONG(__stdcall *context_of)(HANDLE, CONTEXT *);

static context_of NtGetContextThread;
static SRWLOCK flushing = SRWLOCK_INIT;
static volatile char *page;

// Before it collects garbage, .NET stops each thread that runs managed code and moves it elsewhere; it does so only where
// the system says that the thread is not in the middle of a call or an exception. Windows says so when it is asked. Wine does
// not, and .NET waits for ever for a thread that is in a loop. A thread that Wine has stopped in managed code is in neither.
static BOOL WINAPI GetThreadContextWithReport(HANDLE thread, CONTEXT *context) {
  DWORD asked = context->ContextFlags;
  context->ContextFlags = asked & ~(REQUEST | REPORTING);
  LONG status = NtGetContextThread(thread, context);
  if (status < 0) {
    SetLastError(ERROR_GEN_FAILURE);
    return FALSE;
  }
  context->ContextFlags = asked | (asked & REQUEST ? REPORTING : 0);
  return TRUE;
}

// In Wine 8 this does nothing. To take a right away from a page in use interrupts all processors that run this program, and
// so they write out what they hold.
static VOID WINAPI FlushByProtection(void) {
  DWORD before;
  AcquireSRWLockExclusive(&flushing);
  VirtualProtect((void *)page, 1, PAGE_READWRITE, &before);
  (*page)++;
  VirtualProtect((void *)page, 1, PAGE_NOACCESS, &before);
  ReleaseSRWLockExclusive(&flushing);
}

// While Wine calls a handler of an exception, it keeps a frame for itself on the stack and in a list of the thread. .NET does
// not return from a handler that catches: it goes on in the managed code. The frame stays in the list, the stack gets other
// uses, and at a later exception Wine calls whatever lies there: the thread recurses until it has no stack left and is ended
// without a word. So frames that are none are taken from the list before Wine looks at it.
static LONG CALLBACK drop_left_frames(EXCEPTION_POINTERS *exception) {
  NT_TIB *thread = (NT_TIB *)NtCurrentTeb();
  EXCEPTION_REGISTRATION_RECORD *end = (EXCEPTION_REGISTRATION_RECORD *)~(ULONG_PTR)0, *frame = thread->ExceptionList;
  ULONG_PTR lowest = exception->ContextRecord->Rsp;
  while (frame != end) {
    ULONG_PTR at = (ULONG_PTR)frame;
    void *module;
    if (at % sizeof(void *) != 0 || at < (ULONG_PTR)thread->StackLimit || at >= (ULONG_PTR)thread->StackBase ||
        RtlPcToFileHeader((void *)frame->Handler, &module) == NULL) {
      frame = end;
    } else if (at < lowest) {
      frame = frame->Next > frame ? frame->Next : end;
    } else {
      break;
    }
  }
  thread->ExceptionList = frame;
  return EXCEPTION_CONTINUE_SEARCH;
}

static void replace(HMODULE module, const char *name, void *with) {
  unsigned char jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};  // mov rax, with; jmp rax
  memcpy(jump + 2, &with, sizeof with);
  void *at = (void *)GetProcAddress(module, name);
  DWORD before;
  VirtualProtect(at, sizeof jump, PAGE_EXECUTE_READWRITE, &before);
  memcpy(at, jump, sizeof jump);
  VirtualProtect(at, sizeof jump, before, &before);
}

static void mend_wine(void) {
  HMODULE ntdll = GetModuleHandleW(L"ntdll.dll"), base = GetModuleHandleW(L"kernelbase.dll");
  if (GetProcAddress(ntdll, "wine_get_version") == NULL) return;
  NtGetContextThread = (context_of)(void *)GetProcAddress(ntdll, "NtGetContextThread");
  AddVectoredExceptionHandler(1, drop_left_frames);
  page = VirtualAlloc(NULL, 1, MEM_COMMIT | MEM_RESERVE, PAGE_NOACCESS);
  replace(base, "GetThreadContext", GetThreadContextWithReport);
  replace(base, "FlushProcessWriteBuffers", FlushByProtection);
}

int wmain(int argc, const wchar_t **argv) {
  static wchar_t self[LONGEST], folder[LONGEST], fxr[LONGEST], app[LONGEST];
  mend_wine();
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
