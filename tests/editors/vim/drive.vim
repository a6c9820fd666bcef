" One scenario in a manifest, in Vim without a screen:
" vim -N --not-a-term -T xterm -u vimrc -S drive.vim FILE
" AMP_SCENARIO names a function; what it returns is written as JSON to the file AMP_ANSWER.

function! AmpWait(what, holds) abort
  for _ in range(400)
    if a:holds()
      return
    endif
    sleep 50m
  endfor
  throw 'it never came: ' . a:what
endfunction

function! AmpFound() abort
  return filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.linter_name is# "amp-language-server"')
endfunction

function! AmpFindings(count) abort
  call AmpWait('findings', {-> len(AmpFound()) == a:count})
  return AmpFound()
endfunction

function! AmpText() abort
  return join(getline(1, '$'), "\n") . "\n"
endfunction

function! AmpDiagnose() abort
  return map(AmpFindings(1), '[getline(v:val.lnum)[v:val.col - 1 : v:val.end_col - 1], v:val.text]')
endfunction

function! AmpHover() abort
  call AmpFindings(1)
  let g:ale_hover_to_preview = 1
  call search('30 ')
  ALEHover
  call AmpWait('hover', {-> winnr('$') > 1})
  wincmd p
  return AmpText()
endfunction

function! AmpFix() abort
  let finding = AmpFindings(1)[0]
  call cursor(finding.lnum, finding.col)
  let g:amp_titles = []
  call ale#codefix#Execute(0, function('AmpChoose'))
  call AmpWait('fix', {-> AmpText() !~# 'promt'})
  return [g:amp_titles, AmpText()]
endfunction

function! AmpChoose(data, items) abort
  let g:amp_titles = map(copy(a:items), 'v:val[1].title')
  call ale#codefix#ApplyLSPCodeAction(a:data, a:items[0][1])
endfunction

function! AmpRename() abort
  call AmpFindings(1)
  call search('contacts')
  " The question for the new name, answered.
  runtime autoload/ale/util.vim
  function! ale#util#Input(...) abort
    return 'leads'
  endfunction
  ALERename
  call AmpWait('rename', {-> AmpText() !~# 'contacts'})
  return AmpText()
endfunction

function! AmpServed() abort
  return &filetype is# 'yaml.amp'
endfunction

try
  let g:amp_answer = call($AMP_SCENARIO, [])
catch
  let g:amp_answer = {'error': v:exception . ' ' . v:throwpoint}
endtry
call writefile([json_encode(g:amp_answer)], $AMP_ANSWER)
qall!
