namespace Plainproof.Tests.Servers;

/// <summary>A real nginx with the given <c>server</c> blocks.</summary>
internal sealed class NginxServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Running _nginx;

    private NginxServer(string servers, string host, int port)
    {
        var configuration = _folder.Write("nginx.conf", $$"""
            daemon off; pid {{_folder.File("pid")}}; error_log {{_folder.File("error.log")}}; user root; worker_processes 1;
            events {}
            http {
              access_log off; default_type text/plain;
              client_body_temp_path {{_folder.File("b")}}; proxy_temp_path {{_folder.File("p")}}; fastcgi_temp_path {{_folder.File("f")}};
              uwsgi_temp_path {{_folder.File("u")}}; scgi_temp_path {{_folder.File("s")}};
              {{servers}}
            }
            """);
        _nginx = Running.Start("/usr/sbin/nginx", ["-e", _folder.File("error.log"), "-c", configuration]);
        _nginx.WaitForPort(port, host);
    }

    public static NginxServer Start(string servers, string host, int port) => new(servers, host, port);

    public void Dispose()
    {
        _nginx.Dispose();
        _folder.Dispose();
    }
}
