using System.Runtime.Versioning;

// Boxes need Linux, or macOS with a container engine. The program compiles for Windows, where it says so (CliApp).
[assembly: UnsupportedOSPlatform("windows")]
